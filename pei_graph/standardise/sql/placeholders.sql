-- How many records of each source were born on each day, as far as their own contract knows it.
INSERT INTO said.birth_days
SELECT
    o.source,
    m.birth_date,
    count(*) AS records
FROM working.merged AS m
JOIN working.delivery_order AS o ON o.number = m.place >> 44
WHERE m.birth_date_quality = 'exact'
GROUP BY o.source, m.birth_date;
-- Birth dates that stand for *not known*: those that any source's contract declares, and those that
-- are far commoner than the other days of their year and than the same day of the years around.
CREATE OR REPLACE TABLE said.placeholder_days AS
WITH days AS (
    SELECT birth_date, sum(records)::BIGINT AS records
    FROM said.birth_days
    GROUP BY birth_date
),
years AS (
    SELECT year(birth_date) AS year, median(records) AS usual
    FROM days
    GROUP BY year
),
common AS (
    SELECT days.birth_date, days.records
    FROM days
    JOIN years ON years.year = year(days.birth_date)
    WHERE days.records >= greatest(
        getvariable('fewest'),
        getvariable('times') * years.usual
    )
),
around AS (
    SELECT
        common.birth_date,
        coalesce(sum(days.records), 0) / (2 * getvariable('around')) AS usual
    FROM common
    LEFT JOIN days
        ON day(days.birth_date) = day(common.birth_date)
        AND month(days.birth_date) = month(common.birth_date)
        AND days.birth_date <> common.birth_date
        AND abs(year(days.birth_date) - year(common.birth_date)) <= getvariable('around')
    GROUP BY common.birth_date
)
SELECT common.birth_date
FROM common
JOIN around ON around.birth_date = common.birth_date
WHERE common.records >= getvariable('times') * around.usual
UNION
SELECT unnest(getvariable('declared'))::DATE
