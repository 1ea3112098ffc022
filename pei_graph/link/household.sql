-- How often each combination of levels stands between two records of one surname and dwelling, in
-- a sample of dwellings that does not depend on the order of the rows.
WITH sizes AS (
    SELECT
        place,
        surname,
        count(*) * (count(*) - 1) // 2 AS pairs
    FROM comparables
    WHERE place IS NOT NULL AND surname IS NOT NULL
    GROUP BY place, surname
    HAVING count(*) BETWEEN 2 AND 40
),
sampled AS (
    SELECT
        place,
        surname
    FROM sizes
    QUALIFY sum(pairs) OVER (ORDER BY md5(place || surname), place, surname) <= $sample
),
members AS (
    SELECT comparables.*
    FROM comparables
    JOIN sampled USING (place, surname)
),
compared AS (
    SELECT
        {forename_level} AS forename,
        {birth_date_level} AS birth_date,
        {sex_level} AS sex
    FROM members AS l
    JOIN members AS r
        ON l.place = r.place
        AND l.surname = r.surname
        AND l.n < r.n
)
SELECT
    forename,
    birth_date,
    sex,
    count(*) AS pairs
FROM compared
GROUP BY ALL
ORDER BY ALL
