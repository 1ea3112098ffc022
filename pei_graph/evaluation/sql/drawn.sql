-- The pairs drawn from each stratum, in the order of a digest of the seed and the pair, which no
-- order of rows and no other stratum can change; and an order to judge them in that mixes strata.
CREATE OR REPLACE TEMP TABLE drawn AS
WITH lots AS (
    SELECT
        frame.*,
        strata.pairs AS stratum_pairs,
        chosen,
        row_number() OVER (
            PARTITION BY stratum
            ORDER BY md5($seed || ' ' || record_l || ' ' || record_r), record_l, record_r
        ) AS lot
    FROM frame
    JOIN strata USING (stratum)
)
SELECT
    row_number() OVER (
        ORDER BY md5(record_l || ' ' || record_r || ' ' || $seed), record_l, record_r
    ) AS "order",
    record_l,
    record_r,
    NULL::VARCHAR AS verdict,
    stratum,
    round(chosen / stratum_pairs, 9) AS probability,
    stratum_pairs,
    $run::INTEGER AS run
FROM lots
WHERE lot <= chosen
ORDER BY "order"
