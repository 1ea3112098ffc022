-- What forbids each pair of the records in `asked`, where anything does, scored before or not.
WITH paired AS (
    SELECT
        l.record_id AS record_l,
        r.record_id AS record_r,
        pair_veto(l, r) AS veto
    FROM asked AS l
    JOIN asked AS r ON l.n < r.n
)
SELECT *
FROM paired
WHERE veto IS NOT NULL
ORDER BY veto, record_l, record_r
