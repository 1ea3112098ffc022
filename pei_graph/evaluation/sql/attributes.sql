-- What groups each true person belongs to: what the truth says of them or, where it is silent, what
-- most of their records say (ties: the first in order). A name's origin is never guessed. An area is
-- a postcode district, or a sector where the district holds more than that share of everybody.
CREATE OR REPLACE TEMP TABLE attributes AS
WITH recorded AS (
    SELECT
        truth,
        sex,
        CASE WHEN birth_date_quality = 'exact' THEN birth_date END AS born,
        ethnic_groups.name AS ethnic_group,
        nullif(regexp_replace(postcode, '..$', ''), '') AS sector
    FROM compared
    JOIN records ON record_id = item
    LEFT JOIN ethnic_groups ON said = lower(ethnicity)
),
sexes AS (
    SELECT truth, mode(sex ORDER BY sex) AS sex
    FROM recorded
    GROUP BY truth
),
births AS (
    SELECT truth, mode(born ORDER BY born) AS born
    FROM recorded
    GROUP BY truth
),
ethnicities AS (
    SELECT truth, mode(ethnic_group ORDER BY ethnic_group) AS ethnic_group
    FROM recorded
    GROUP BY truth
),
sectors AS (
    SELECT
        truth,
        mode(sector ORDER BY sector) AS sector,
        split_part(mode(sector ORDER BY sector), ' ', 1) AS district
    FROM recorded
    GROUP BY truth
),
crowded AS (
    SELECT district
    FROM sectors
    WHERE district IS NOT NULL
    GROUP BY district
    HAVING count(*) > $crowd * (SELECT count(*) FROM sectors)
),
areas AS (
    SELECT
        truth,
        CASE WHEN crowded.district IS NULL THEN sectors.district ELSE sector END AS area
    FROM sectors
    LEFT JOIN crowded USING (district)
),
told AS (
    SELECT
        side.truth,
        coalesce(people.sex, sexes.sex) AS sex,
        coalesce(people.born, births.born) AS born,
        areas.area,
        ethnicities.ethnic_group,
        people.tradition
    FROM side
    LEFT JOIN true_people AS people ON people.person = side.truth
    LEFT JOIN sexes USING (truth)
    LEFT JOIN births USING (truth)
    LEFT JOIN areas USING (truth)
    LEFT JOIN ethnicities USING (truth)
),
aged AS (
    SELECT
        *,
        date_sub('year', born, (SELECT max(last_seen) FROM records)) AS age
    FROM told
)
SELECT
    truth,
    unnest(['sex', 'age band', 'name tradition', 'area', 'ethnic group']) AS attribute,
    unnest([
        coalesce(sex, 'not known'),
        CASE
            WHEN age IS NULL THEN 'not known'
            WHEN age < 5 THEN '0 to 4'
            WHEN age < 11 THEN '5 to 10'
            WHEN age < 16 THEN '11 to 15'
            WHEN age < 18 THEN '16 to 17'
            WHEN age < 25 THEN '18 to 24'
            WHEN age < 45 THEN '25 to 44'
            WHEN age < 65 THEN '45 to 64'
            ELSE '65 and over'
        END,
        tradition,
        coalesce(area, 'not known'),
        coalesce(ethnic_group, 'not known')
    ]) AS value
FROM aged
