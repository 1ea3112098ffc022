-- Families that live at an address as described; of its `people` alone where `somebody` is described.
WITH place AS MATERIALIZED (
    SELECT address_id
    FROM addresses
    WHERE {place}
)
SELECT family_id
FROM family_list
WHERE address_id IN (SELECT address_id FROM place)
    AND (
        NOT $somebody
        OR address_id IN (
            SELECT address_id
            FROM persons
            WHERE person_id IN (SELECT unnest($people::VARCHAR[]))
        )
    )
ORDER BY family_id
LIMIT $most;
