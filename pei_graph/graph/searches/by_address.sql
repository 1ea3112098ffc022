-- Families that live at an address as described.
SELECT DISTINCT f.family_id
FROM addresses a
JOIN families f USING (address_id)
WHERE ($postcode = '' OR a.postcode = $postcode)
    AND ($house = '' OR lower(a.house) = $house)
    AND ($street = '' OR starts_with(lower(a.street), $street))
ORDER BY f.family_id
LIMIT $most;
