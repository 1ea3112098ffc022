-- What forbids each pair of the records in `asked`, where anything does, scored before or not. A row is
-- packed once: DuckDB would pack it again at every value that the macro names.
WITH packed AS (
    SELECT
        n,
        record_id,
        asked AS said
    FROM asked
),
paired AS (
    SELECT
        l.record_id AS record_l,
        r.record_id AS record_r,
        pair_veto(l.said, r.said) AS veto
    FROM packed AS l
    JOIN packed AS r ON l.n < r.n
)
SELECT *
FROM paired
WHERE veto IS NOT NULL
ORDER BY veto, record_l, record_r
