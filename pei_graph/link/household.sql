-- How often each combination of levels stands between two records of one home, in a sample of
-- homes that does not depend on the order of the rows, by who says so. Those that an age band forbids are
-- left out, since what is learnt is asked of the others alone.
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
        least(l.source_role, r.source_role) || ' and ' || greatest(l.source_role, r.source_role) AS roles,
        {forename_level} AS forename,
        {surname_level} AS surname,
        {birth_date_level} AS birth_date,
        {sex_level} AS sex
    FROM members AS l
    JOIN members AS r
        ON l.home = r.home
        AND l.n < r.n
    WHERE l.birth_date IS NOT NULL AND r.birth_date IS NOT NULL
        OR coalesce(l.born_from <= r.born_to + {slack} AND r.born_from <= l.born_to + {slack}, true)
)
SELECT
    roles,
    forename,
    surname,
    birth_date,
    sex,
    count(*) AS pairs
FROM compared
GROUP BY ALL
ORDER BY ALL
