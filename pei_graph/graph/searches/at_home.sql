-- Persons and families who live at these places.
SELECT 'person' AS kind, person_id AS id
FROM persons
WHERE address_id IN (SELECT unnest($addresses::VARCHAR[]))
UNION ALL
SELECT 'family', family_id
FROM family_list
WHERE address_id IN (SELECT unnest($addresses::VARCHAR[]));
