SELECT record_id, source
FROM records
