-- The person, where the reader may see them.
SELECT person_id
FROM persons
WHERE person_id = $person_id;
