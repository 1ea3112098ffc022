SELECT m.person_id, f.fact_id, e.because AS ended
FROM facts f
JOIN members m ON m.record_id = f.record_id AND m.state = 'accepted'
LEFT JOIN ended e ON e.fact_id = f.fact_id
WHERE f.kind = 'involvement'
