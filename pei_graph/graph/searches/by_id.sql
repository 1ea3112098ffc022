-- Persons and families that an id of this product or of any source names.
WITH wanted AS (
    SELECT DISTINCT unnest($ids::VARCHAR[]) AS id
),
named AS (
    SELECT 'person' AS kind, person_id AS id, 'person id' AS scheme
    FROM persons
    WHERE upper(person_id) IN (SELECT id FROM wanted)
    UNION
    SELECT 'family', family_id, 'family id'
    FROM families
    WHERE upper(family_id) IN (SELECT id FROM wanted)
    UNION
    SELECT 'person', m.person_id, r.source || ' id'
    FROM records r
    JOIN members m ON m.record_id = r.record_id AND m.state = 'accepted'
    WHERE upper(r.source_key) IN (SELECT id FROM wanted)
        OR upper(r.record_id) IN (SELECT id FROM wanted)
    UNION
    SELECT 'person', m.person_id, i.scheme
    FROM identifiers i
    JOIN members m ON m.record_id = i.record_id AND m.state = 'accepted'
    WHERE upper(i.value) IN (SELECT id FROM wanted)
    UNION
    SELECT 'person', p.person_id, 'uprn'
    FROM addresses a
    JOIN persons p USING (address_id)
    WHERE a.uprn IN (SELECT id FROM wanted)
    UNION
    SELECT 'family', f.family_id, 'uprn'
    FROM addresses a
    JOIN families f USING (address_id)
    WHERE a.uprn IN (SELECT id FROM wanted)
)
SELECT kind, id, string_agg(DISTINCT scheme, ', ' ORDER BY scheme) AS scheme
FROM named
GROUP BY kind, id
ORDER BY kind, id
LIMIT 200;
