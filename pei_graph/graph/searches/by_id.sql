-- Persons and families that an id of this product or of any source names. Records are found before
-- it is asked whose they are: the other way round all records would be joined to all members.
WITH carried AS MATERIALIZED (
    SELECT record_id, source || ' id' AS scheme
    FROM records
    WHERE list_contains($ids::VARCHAR[], upper(source_key))
        OR list_contains($ids::VARCHAR[], upper(record_id))
    UNION
    SELECT record_id, scheme
    FROM identifiers
    WHERE list_contains($ids::VARCHAR[], upper(value))
),
held AS MATERIALIZED (
    SELECT record_id, person_id
    FROM members
    WHERE state = 'accepted' AND record_id IN (SELECT record_id FROM carried)
),
homes AS MATERIALIZED (
    SELECT address_id
    FROM addresses
    WHERE list_contains($ids::VARCHAR[], uprn)
),
named AS (
    SELECT 'person' AS kind, person_id AS id, 'person id' AS scheme
    FROM persons
    WHERE list_contains($ids::VARCHAR[], upper(person_id))
    UNION
    SELECT 'family', family_id, 'family id'
    FROM families
    WHERE list_contains($ids::VARCHAR[], upper(family_id))
    UNION
    SELECT 'person', h.person_id, c.scheme
    FROM carried c
    JOIN held h USING (record_id)
    UNION
    SELECT 'person', person_id, 'uprn'
    FROM persons
    WHERE address_id IN (SELECT address_id FROM homes)
    UNION
    SELECT 'family', family_id, 'uprn'
    FROM families
    WHERE address_id IN (SELECT address_id FROM homes)
)
SELECT kind, id, string_agg(DISTINCT scheme, ', ' ORDER BY scheme) AS scheme
FROM named
GROUP BY kind, id
ORDER BY kind, id
LIMIT 200;
