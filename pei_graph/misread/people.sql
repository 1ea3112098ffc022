-- By whose births or sexes and another source: of how many records the other's records of the same
-- person say the same, and of how many the opposite. Of a birth only what could be read either way
-- tells anything.
WITH accepted AS (
    SELECT record_id, person_id
    FROM members
    WHERE state = 'accepted'
),
met AS (
    SELECT drawn.*, person_id
    FROM drawn
    JOIN accepted USING (record_id)
),
among AS (
    SELECT DISTINCT person_id
    FROM met
),
of_them AS (
    SELECT record_id, person_id
    FROM accepted
    SEMI JOIN among USING (person_id)
),
others AS (
    SELECT
        person_id,
        source AS other,
        sex,
        CASE WHEN birth_date_quality = 'exact' THEN birth_date END AS born
    FROM records
    JOIN of_them USING (record_id)
),
read AS (
    SELECT
        record_id,
        person_id,
        source,
        births,
        sexes,
        sex,
        CASE WHEN day(born) <= 12 AND day(born) <> month(born) THEN born END AS born
    FROM met
),
met_there AS (
    SELECT
        record_id,
        births,
        sexes,
        other,
        bool_or(others.sex = read.sex) AS same_sex,
        bool_or(others.born = read.born) AS born_so,
        bool_or(others.born = make_date(year(read.born), day(read.born), month(read.born)))
            AS born_exchanged
    FROM read
    JOIN others USING (person_id)
    WHERE other <> source
    GROUP BY record_id, births, sexes, other
)
SELECT
    births AS told,
    other,
    count(*) FILTER (born_so) AS as_told,
    count(*) FILTER (born_exchanged AND NOT born_so) AS exchanged
FROM met_there
WHERE births IS NOT NULL
GROUP BY births, other
UNION ALL
SELECT
    sexes AS told,
    other,
    count(*) FILTER (same_sex) AS as_told,
    count(*) FILTER (NOT same_sex) AS exchanged
FROM met_there
WHERE sexes IS NOT NULL
GROUP BY sexes, other
ORDER BY told, other
