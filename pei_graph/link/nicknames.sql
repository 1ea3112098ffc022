-- Every nickname with the full names it stands for: those of a published list, and those that the
-- records themselves show, where two forenames stand for people of one surname and birth date, or
-- both for one record, far more often than chance would have it. Twins are given two names as well,
-- and some pairs of names again and again: so the two may not mostly be two records of one source,
-- unless it holds people twice.
-- Nor may they stand beside each other more often with two birth dates: families of one tradition
-- give the same few names.
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
        source,
        sex
    FROM in_order
    WHERE birth_date_quality = 'exact' AND length(forename) > 1
),
paired AS (
    SELECT
        least(l.forename, r.forename) AS name,
        greatest(l.forename, r.forename) AS other,
        l.surname,
        l.birth_date,
        l.source = r.source AND coalesce(bits, $seldom) <= $seldom AS beside
    FROM given AS l
    JOIN given AS r USING (surname, birth_date)
    LEFT JOIN source_alone ON source_alone.source = l.source
    WHERE l.forename < r.forename
        AND coalesce(l.sex = r.sex, true)
    UNION ALL
    SELECT
        least(forename, stated) AS name,
        greatest(forename, stated) AS other,
        surname,
        birth_date,
        false AS beside
    FROM (
        SELECT
            *,
            unnest(forenames[2:]) AS stated
        FROM in_order
        WHERE length(forenames) > 1
    )
    WHERE forename <> stated AND least(length(forename), length(stated)) > 1
),
shared AS (
    SELECT
        name,
        other,
        surname,
        birth_date,
        bool_or(beside) AS beside
    FROM paired
    GROUP BY name, other, surname, birth_date
),
counted AS (
    SELECT
        name,
        other,
        -- One person's birth date is on record in several spellings.
        count(DISTINCT surname) AS seen
    FROM shared
    GROUP BY name, other
    HAVING count(DISTINCT surname) >= $least_alike
        AND count(DISTINCT surname) > 2 * count(DISTINCT surname) FILTER (beside)
),
housed AS (
    SELECT DISTINCT
        forename,
        surname,
        birth_date,
        postcode
    FROM in_order
    WHERE birth_date_quality = 'exact' AND length(forename) > 1
),
beside AS (
    SELECT
        name,
        other,
        count(*) AS seen
    FROM housed AS l
    JOIN housed AS r USING (surname, postcode)
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
        AND (
            counted.seen >= $least
            OR left(name, 1) = left(other, 1)
            OR right(name, 3) = right(other, 3)
        )
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
