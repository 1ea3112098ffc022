-- Of a sample: rows that name no two records, pairs that stand there before, pairs that lack what
-- others say of how they were drawn, and chances that are none.
SELECT
    count(*) FILTER (coalesce(record_l = record_r, true)),
    count(*) - count(DISTINCT (record_l, record_r)),
    count(*) FILTER (
        (stratum IS NULL AND EXISTS (SELECT 1 FROM sample WHERE stratum IS NOT NULL))
        OR (probability IS NULL AND EXISTS (SELECT 1 FROM sample WHERE probability IS NOT NULL))
    ),
    count(*) FILTER (probability <= 0 OR probability > 1)
FROM sample
