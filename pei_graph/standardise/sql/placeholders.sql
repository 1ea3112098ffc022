-- Birth dates that stand for *not known*: those that any source's contract declares, and those that
-- are far commoner than the other days of their year and than the same day of the years around.
UPDATE working.merged
SET birth_date_quality = 'placeholder'
WHERE birth_date_quality = 'exact'
    AND birth_date IN (
        WITH days AS (
            SELECT birth_date, count(*) AS records
            FROM working.merged
            WHERE birth_date_quality = 'exact'
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
        UNION ALL
        SELECT unnest(getvariable('declared'))::DATE
    )
