-- Persons and families by their own id, and places by their number.
SELECT 'person' AS kind, person_id AS id, 'person id' AS scheme
FROM persons
WHERE person_id IN (SELECT unnest($ids::VARCHAR[]))
UNION ALL
SELECT 'family', family_id, 'family id'
FROM family_list
WHERE family_id IN (SELECT unnest($ids::VARCHAR[]))
UNION ALL
SELECT 'address', address_id, 'uprn'
FROM addresses
WHERE list_contains($ids::VARCHAR[], uprn);
