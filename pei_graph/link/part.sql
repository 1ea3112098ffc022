-- The pairs to score again, with the records that they are of, as a council of its own.
CREATE OR REPLACE TEMP TABLE further AS
WITH found AS (
    SELECT 'identifier' AS kind, record_l, record_r
    FROM identifier_pairs
    UNION ALL
    SELECT 'company' AS kind, record_l, record_r
    FROM kept_company
)
SELECT kind, record_l, record_r
FROM found
WHERE record_l IN (SELECT record_id FROM affected)
    OR record_r IN (SELECT record_id FROM affected)
    OR (record_l, record_r) IN (SELECT (record_l, record_r) FROM unpaired);
CREATE OR REPLACE TEMP TABLE scored_row AS
SELECT DISTINCT unnest([n_l, n_r]) AS n
FROM blocked
UNION
SELECT n
FROM comparables
WHERE record_id IN (SELECT unnest([record_l, record_r]) FROM further);
CREATE TABLE part.comparables AS
FROM comparables
SEMI JOIN scored_row USING (n);
DROP TABLE scored_row;
CREATE TABLE part.identifier_pairs AS
SELECT record_l, record_r
FROM further
WHERE kind = 'identifier';
CREATE TABLE part.company AS
SELECT
    l.n AS n_l,
    r.n AS n_r
FROM further
JOIN part.comparables AS l ON l.record_id = record_l
JOIN part.comparables AS r ON r.record_id = record_r
WHERE kind = 'company';
CREATE TABLE part.blocked_pairs AS
SELECT DISTINCT
    '0' AS match_key,
    n_l AS join_key_l,
    n_r AS join_key_r
FROM blocked
