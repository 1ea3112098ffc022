-- Every nickname with the full names it stands for: those of a published list, and those that the
-- records themselves show, where two forenames stand for one birth date, surname and postcode far
-- more often than twins would be given them, and far more often than brothers, sisters and parents
-- are: families of one tradition give the same few names again and again.
CREATE OR REPLACE TEMP TABLE nicknames AS
WITH published AS (
    SELECT DISTINCT
        name2 AS name,
        name1 AS canonical
    FROM read_csv($file, header = true, all_varchar = true)
    WHERE relationship = 'has_nickname'
),
given AS (
    SELECT DISTINCT
        forename,
        surname,
        birth_date,
        postcode,
        sex
    FROM records
    WHERE birth_date_quality = 'exact' AND length(forename) > 1
),
shared AS (
    SELECT DISTINCT
        least(l.forename, r.forename) AS name,
        greatest(l.forename, r.forename) AS other,
        l.surname,
        l.birth_date
    FROM given AS l
    JOIN given AS r USING (surname, birth_date, postcode)
    WHERE l.forename < r.forename
        AND coalesce(l.sex = r.sex, true)
),
counted AS (
    SELECT
        name,
        other,
        count(*) AS seen
    FROM shared
    GROUP BY name, other
    HAVING count(*) >= $least
),
beside AS (
    SELECT
        name,
        other,
        count(*) AS seen
    FROM given AS l
    JOIN given AS r USING (surname, postcode)
    JOIN counted ON name = l.forename AND other = r.forename
    WHERE l.birth_date <> r.birth_date
    GROUP BY name, other
),
shares AS (
    SELECT
        forename,
        count(*) / sum(count(*)) OVER () AS share
    FROM given
    GROUP BY forename
),
learnt AS (
    SELECT
        name,
        other
    FROM counted
    JOIN shares AS l ON l.forename = name
    JOIN shares AS r ON r.forename = other
    LEFT JOIN beside USING (name, other)
    WHERE counted.seen >= $lift * 2 * l.share * r.share * (SELECT count(*) FROM shared)
        AND counted.seen > coalesce(beside.seen, 0)
)
SELECT
    name,
    canonical
FROM published
UNION
SELECT
    name,
    other
FROM learnt
UNION
SELECT
    other,
    name
FROM learnt
