-- On what each pair asked agrees.
WITH asked AS (
    SELECT
        unnest($left) AS record_l,
        unnest($right) AS record_r
)
SELECT k.record_l, k.record_r, k.match_key
FROM links k
SEMI JOIN asked USING (record_l, record_r)
