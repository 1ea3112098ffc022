SELECT fact_id, source
FROM facts
WHERE kind = 'involvement'
