-- The pairs to score again, with the records that they are of, as a council of its own.
CREATE TABLE part.identifier_pairs AS
FROM identifier_pairs
WHERE record_l IN (SELECT record_id FROM affected)
    OR record_r IN (SELECT record_id FROM affected)
    OR (record_l, record_r) IN (SELECT (record_l, record_r) FROM unpaired);
CREATE TABLE part.company AS
WITH concerned AS (
    SELECT n
    FROM to_block
    WHERE affected
),
paired_otherwise AS (
    SELECT
        l.n AS n_l,
        r.n AS n_r
    FROM unpaired
    JOIN to_block AS l ON l.record_id = record_l
    JOIN to_block AS r ON r.record_id = record_r
)
FROM company
WHERE n_l IN (SELECT n FROM concerned)
    OR n_r IN (SELECT n FROM concerned)
    OR (n_l, n_r) IN (SELECT (n_l, n_r) FROM paired_otherwise);
CREATE OR REPLACE TEMP TABLE scored_row AS
SELECT unnest([n_l, n_r]) AS n
FROM blocked
UNION
SELECT unnest([n_l, n_r])
FROM part.company
UNION
SELECT n
FROM comparables
WHERE record_id IN (SELECT unnest([record_l, record_r]) FROM part.identifier_pairs);
CREATE TABLE part.comparables AS
FROM comparables
SEMI JOIN scored_row USING (n);
DROP TABLE scored_row;
CREATE TABLE part.blocked_pairs AS
SELECT DISTINCT
    '0' AS match_key,
    n_l AS join_key_l,
    n_r AS join_key_r
FROM blocked;
DROP VIEW affected_rows;
DROP TABLE to_block
