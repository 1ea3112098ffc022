-- What the run was told that people had decided of pairs among these records.
SELECT
    record_l,
    record_r,
    verdict
FROM applied
WHERE record_l IN (SELECT unnest($records))
    AND record_r IN (SELECT unnest($records))
ORDER BY record_l, record_r
