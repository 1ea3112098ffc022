SELECT m.person_id, f.fact_id
FROM facts f
JOIN members m ON m.record_id = f.record_id AND m.state = 'accepted'
WHERE f.kind = 'involvement'
