-- Whose records are. An index says so, as long as nothing else is asked of the same rows.
SELECT record_id, max(person_id) FILTER (state = 'accepted') AS person_id
FROM members
WHERE record_id IN (SELECT unnest($records::VARCHAR[]))
GROUP BY record_id;
