-- Whether two records belong to two persons.
SELECT count(DISTINCT person_id) > 1
FROM members
WHERE record_id IN ($record_l, $record_r)
    AND state = 'accepted'
