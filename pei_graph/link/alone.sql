-- How much less often two ids of one source are one person than records in general are, in bits. Told
-- from the pairs of one full name and birth date: those within the source against those of all.
CREATE OR REPLACE TEMP TABLE source_alone AS
WITH named AS (
    SELECT
        source,
        birth_date,
        least(forename, surname) AS low,
        greatest(forename, surname) AS high
    FROM records
    WHERE birth_date_quality = 'exact'
        AND forename IS NOT NULL
        AND surname IS NOT NULL
),
grouped AS (
    SELECT
        source,
        count(*) AS records
    FROM named
    GROUP BY source, birth_date, low, high
),
within AS (
    SELECT
        source,
        sum(records) AS records,
        sum(records * (records - 1) / 2) AS same
    FROM grouped
    GROUP BY source
),
together AS (
    SELECT count(*) AS records
    FROM named
    GROUP BY birth_date, low, high
),
everywhere AS (
    SELECT
        sum(records) AS records,
        sum(records * (records - 1) / 2) AS same
    FROM together
)
SELECT
    source,
    least(0, greatest(
        $most_against,
        log2((within.same + 0.5) / (within.records * (within.records - 1) / 2))
        - log2((everywhere.same + 0.5) / (everywhere.records * (everywhere.records - 1) / 2))
    )) AS bits
FROM within
CROSS JOIN everywhere
WHERE within.records >= $enough
