-- The records that carry an id, whatever its letters' case. A length is compared in a third of the time
-- that another spelling takes. `keys` are what may be a record's own in its source.
SELECT record_id, source || ' id' AS scheme, upper(source_key) AS value
FROM records
WHERE list_contains($lengths::BIGINT[], length(source_key))
    AND list_contains($keys::VARCHAR[], upper(source_key))
UNION ALL
SELECT record_id, scheme, upper(value) AS value
FROM identifiers
WHERE list_contains($lengths::BIGINT[], length(value))
    AND list_contains($ids::VARCHAR[], upper(value));
