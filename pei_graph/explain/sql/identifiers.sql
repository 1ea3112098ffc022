-- The identifiers of the records asked about.
SELECT
    record_id,
    scheme,
    value,
    valid
FROM identifiers
WHERE record_id IN (SELECT unnest($records))
ORDER BY record_id, scheme, value
