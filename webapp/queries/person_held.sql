-- The records that a person is made of. An index finds them, as long as nothing else is asked of a row.
SELECT record_id
FROM members
WHERE person_id = $person_id
GROUP BY record_id
HAVING bool_or(state = 'accepted')
ORDER BY record_id;
