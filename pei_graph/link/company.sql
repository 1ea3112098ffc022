-- Pairs of records that keep the same company: one forename, and beside each, in its own source, a
-- person of one forename and birth date. Only pairs that lack a birth date need it.
CREATE OR REPLACE TEMP TABLE neighbours AS
WITH related AS (
    SELECT
        l.n,
        r.n AS other
    FROM facts
    JOIN comparables AS l ON l.record_id = facts.record_id
    JOIN comparables AS r ON r.record_id = facts.other_record_id
    WHERE facts.kind = 'relationship'
),
grouped AS (
    SELECT
        n,
        'case:' || case_family AS household
    FROM comparables
    JOIN records USING (record_id)
    WHERE case_family IS NOT NULL
    UNION ALL
    SELECT
        n,
        source || ':' || place AS household
    FROM comparables
    WHERE place IS NOT NULL
),
households AS (
    SELECT household
    FROM grouped
    GROUP BY household
    HAVING count(*) BETWEEN 2 AND $crowd
),
housed AS (
    SELECT grouped.*
    FROM grouped
    JOIN households USING (household)
)
SELECT
    n,
    other
FROM related
UNION
SELECT
    other,
    n
FROM related
UNION
SELECT
    l.n,
    r.n
FROM housed AS l
JOIN housed AS r USING (household)
WHERE l.n <> r.n;
CREATE OR REPLACE TEMP TABLE company AS
WITH kept AS (
    SELECT DISTINCT
        own.n,
        own.root,
        own.birth_date IS NULL AS undated,
        other.forename,
        other.birth_date
    FROM neighbours
    JOIN comparables AS own ON own.n = neighbours.n
    JOIN comparables AS other ON other.n = neighbours.other
    WHERE other.birth_date IS NOT NULL
        AND other.forename IS NOT NULL
        AND own.root <> other.root
)
SELECT DISTINCT
    least(l.n, r.n) AS n_l,
    greatest(l.n, r.n) AS n_r
FROM kept AS l
JOIN kept AS r
    ON l.root = r.root
    AND l.forename = r.forename
    AND l.birth_date = r.birth_date
    AND l.n <> r.n
WHERE l.undated
