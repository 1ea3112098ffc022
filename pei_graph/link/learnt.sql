-- What only the whole of the data tells about names and birth dates. A model keeps these tables, so
-- that what two records weigh depends on them and the model alone.
-- How common each full name is, and by how many bits commoner than its two parts are, taken apart:
-- people of one tradition share forenames and surnames, so the one says something of the other. A
-- name that stands once is left out: one that was never seen says the same.
CREATE OR REPLACE TEMP TABLE full_names AS
WITH held AS (
    SELECT
        least(forename, surname) AS low,
        greatest(forename, surname) AS high,
        low || ' ' || high AS full_name,
        count(*) AS held,
        count(DISTINCT CASE WHEN birth_date_quality = 'exact' THEN birth_date END) AS namesakes
    FROM in_order
    WHERE forename <> surname
    GROUP BY ALL
),
forenames AS (
    SELECT
        forename AS name,
        count(*) / sum(count(*)) OVER () AS share
    FROM in_order
    WHERE forename IS NOT NULL
    GROUP BY forename
),
surnames AS (
    SELECT
        surname AS name,
        count(*) / sum(count(*)) OVER () AS share
    FROM in_order
    WHERE surname IS NOT NULL
    GROUP BY surname
),
people AS (
    SELECT sum(namesakes) AS people
    FROM held
)
SELECT
    full_name,
    held,
    namesakes,
    greatest(
        0,
        log2(nullif(greatest(namesakes - $few, 0), 0) / people)
        - log2(coalesce(fl.share * sh.share, 0) + coalesce(fh.share * sl.share, 0))
    ) AS commoner
FROM held
CROSS JOIN people
LEFT JOIN forenames AS fl ON fl.name = low
LEFT JOIN forenames AS fh ON fh.name = high
LEFT JOIN surnames AS sl ON sl.name = low
LEFT JOIN surnames AS sh ON sh.name = high
WHERE held > 1
