-- Pairs that an identifier or their company puts together and no blocking rule found.
CREATE OR REPLACE TEMP TABLE candidates AS
WITH identified AS (
    SELECT
        l.n AS n_l,
        r.n AS n_r
    FROM identifier_pairs
    JOIN comparables AS l ON l.record_id = record_l
    JOIN comparables AS r ON r.record_id = record_r
),
joined AS (
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
