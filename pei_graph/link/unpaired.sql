-- Pairs that one of two runs compares for an identifier or their company, and the other does not; of
-- company those of records that both know.
CREATE OR REPLACE TEMP TABLE unpaired AS
SELECT
    l.record_id AS record_l,
    r.record_id AS record_r
FROM other_company
JOIN comparables AS l ON l.n = n_l
JOIN comparables AS r ON r.n = n_r
UNION
SELECT record_l, record_r
FROM other_identifier_pairs;
DROP TABLE other_company;
DROP TABLE other_identifier_pairs;
CREATE OR REPLACE TEMP TABLE blocked (n_l BIGINT, n_r BIGINT)
