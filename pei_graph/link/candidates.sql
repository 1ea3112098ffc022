-- Pairs worth comparing: those of the blocking rules and those an identifier puts together.
CREATE OR REPLACE TEMP TABLE candidates AS
WITH identified AS (
    SELECT
        l.n AS join_key_l,
        r.n AS join_key_r
    FROM identifier_pairs
    JOIN comparables AS l ON l.record_id = record_l
    JOIN comparables AS r ON r.record_id = record_r
)
SELECT
    match_key::VARCHAR AS match_key,
    join_key_l,
    join_key_r
FROM blocked
UNION ALL
SELECT
    'identifier',
    join_key_l,
    join_key_r
FROM identified
ANTI JOIN blocked USING (join_key_l, join_key_r)
