-- How often each combination of levels stands between two records of one home, in a sample of
-- homes that does not depend on the order of the rows.
WITH housed AS (
    SELECT
        *,
        {home} AS home
    FROM comparables
),
sizes AS (
    SELECT
        home,
        count(*) * (count(*) - 1) // 2 AS pairs
    FROM housed
    WHERE home IS NOT NULL
    GROUP BY home
    HAVING count(*) BETWEEN 2 AND $crowd
),
sampled AS (
    SELECT home
    FROM sizes
    QUALIFY sum(pairs) OVER (ORDER BY md5(home::VARCHAR), home) <= $sample
),
members AS (
    SELECT housed.*
    FROM housed
    JOIN sampled USING (home)
),
compared AS (
    SELECT
        {forename_level} AS forename,
        {surname_level} AS surname,
        {birth_date_level} AS birth_date,
        {sex_level} AS sex
    FROM members AS l
    JOIN members AS r
        ON l.home = r.home
        AND l.n < r.n
)
SELECT
    forename,
    surname,
    birth_date,
    sex,
    count(*) AS pairs
FROM compared
GROUP BY ALL
ORDER BY ALL
