-- Pairs that an identifier or their company puts together and no blocking rule found. A pair that
-- both found is the identifier's: it counts however little else the records share.
CREATE OR REPLACE TEMP TABLE identified AS
SELECT
    l.n AS n_l,
    r.n AS n_r
FROM identifier_pairs
JOIN comparables AS l ON l.record_id = record_l
JOIN comparables AS r ON r.record_id = record_r;
UPDATE scored
SET match_key = 'identifier'
WHERE match_weight < $floor
    AND (n_l, n_r) IN (SELECT (n_l, n_r) FROM identified);
CREATE OR REPLACE TEMP TABLE candidates AS
WITH joined AS (
    SELECT
        'identifier' AS match_key,
        n_l,
        n_r
    FROM identified
    UNION ALL
    SELECT
        'company' AS match_key,
        n_l,
        n_r
    FROM company
    ANTI JOIN identified USING (n_l, n_r)
)
SELECT
    match_key,
    n_l AS join_key_l,
    n_r AS join_key_r
FROM joined
ANTI JOIN scored USING (n_l, n_r)
