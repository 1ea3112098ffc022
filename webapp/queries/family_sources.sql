-- Which sources hold a record of whom in the family.
SELECT DISTINCT f.person_id, r.source
FROM families f
JOIN members m ON m.person_id = f.person_id AND m.state = 'accepted'
JOIN records r ON r.record_id = m.record_id
WHERE f.family_id = $family_id
ORDER BY f.person_id, r.source;
