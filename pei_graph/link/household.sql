-- How often each combination of levels stands between two records of one dwelling, in a sample of
-- dwellings that does not depend on the order of the rows.
WITH sizes AS (
    SELECT
        place,
        count(*) * (count(*) - 1) // 2 AS pairs
    FROM comparables
    WHERE place IS NOT NULL
    GROUP BY place
    HAVING count(*) BETWEEN 2 AND $crowd
),
sampled AS (
    SELECT place
    FROM sizes
    QUALIFY sum(pairs) OVER (ORDER BY md5(place::VARCHAR), place) <= $sample
),
members AS (
    SELECT comparables.*
    FROM comparables
    JOIN sampled USING (place)
),
compared AS (
    SELECT
        {forename_level} AS forename,
        {surname_level} AS surname,
        {birth_date_level} AS birth_date,
        {sex_level} AS sex
    FROM members AS l
    JOIN members AS r
        ON l.place = r.place
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
