-- Families that live at an address as described; of its `people` alone where `somebody` is described.
-- The number of a house finds its flats, and a street is found by how it `begins`, or with its town, where
-- it is `whole` in what was typed. The name of a house stands before its street.
WITH place AS MATERIALIZED (
    SELECT address_id
    FROM addresses
    WHERE ($postcode = '' OR postcode = $postcode)
        AND ($house = '' OR lower(house) = $house OR ends_with(lower(house), '/' || $house))
        AND (
            NOT $somewhere
            OR regexp_matches(lower(street), $begins)
            OR list_contains($whole::VARCHAR[], lower(street))
            OR (
                regexp_matches(lower(house), '^[a-z]')
                AND (
                    regexp_matches(lower(concat_ws(' ', house, street)), $begins)
                    OR list_contains($whole::VARCHAR[], lower(concat_ws(' ', house, street)))
                )
            )
        )
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
