-- The records that a person is made of.
SELECT record_id
FROM members
WHERE person_id = $person_id
    AND state = 'accepted'
ORDER BY record_id;
