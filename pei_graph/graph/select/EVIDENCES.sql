SELECT record_id, fact_id
FROM facts
WHERE kind = 'involvement'
