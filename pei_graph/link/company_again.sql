-- Pairs with company as the last run found them, by the numbers of this run, and what is otherwise of
-- those who were asked: all others keep the company that they kept.
CREATE OR REPLACE TEMP TABLE company_before AS
SELECT
    l.n AS n_l,
    r.n AS n_r
FROM company
JOIN renumbered AS l ON l.was = company.n_l
JOIN renumbered AS r ON r.was = company.n_r;
CREATE OR REPLACE TEMP TABLE other_company AS
WITH now_is AS (
    FROM company_found
    WHERE n_l IN (SELECT n FROM asked) OR n_r IN (SELECT n FROM asked)
),
was AS (
    FROM company_before
    WHERE n_l IN (SELECT n FROM asked) OR n_r IN (SELECT n FROM asked)
)
SELECT n_l, n_r, true AS now_kept
FROM now_is
ANTI JOIN was USING (n_l, n_r)
UNION ALL
SELECT n_l, n_r, false AS now_kept
FROM was
ANTI JOIN now_is USING (n_l, n_r);
CREATE OR REPLACE TABLE company AS
FROM company_before
ANTI JOIN other_company USING (n_l, n_r)
UNION ALL
SELECT n_l, n_r
FROM other_company
WHERE now_kept;
DROP TABLE company_before;
DROP TABLE company_found;
DROP TABLE asked
