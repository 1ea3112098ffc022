-- The scored pairs among the records asked about, strongest first.
WITH held AS MATERIALIZED (
    SELECT *
    FROM links
    WHERE record_l IN (SELECT unnest($records))
)
SELECT *
FROM held
WHERE record_r IN (SELECT unnest($records))
ORDER BY weight DESC, record_l, record_r
