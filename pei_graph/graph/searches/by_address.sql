-- Families that live at an address as described.
WITH place AS MATERIALIZED (
    SELECT address_id
    FROM addresses
    WHERE ($postcode = '' OR postcode = $postcode)
        AND ($house = '' OR lower(house) = $house)
        AND ($street = '' OR starts_with(lower(street), $street))
)
SELECT family_id
FROM family_list
WHERE address_id IN (SELECT address_id FROM place)
ORDER BY family_id
LIMIT $most;
