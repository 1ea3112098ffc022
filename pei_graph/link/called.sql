-- How much more often than others' the records of a surname say that somebody goes by another
-- forename, in bits; surnames of few records are taken to be like the others.
CREATE OR REPLACE TEMP TABLE twin_surnames AS
WITH shares AS (
    SELECT
        surname,
        count(*) AS records,
        count(*) FILTER (length(forenames) > 1) AS called
    FROM in_order
    WHERE surname IS NOT NULL
    GROUP BY surname
),
usual AS (
    SELECT (sum(called) + 1) / (sum(records) + 2) AS share
    FROM shares
)
SELECT
    surname,
    log2((called + $like_usual * share) / (records + $like_usual) / share) AS bits
FROM shares
CROSS JOIN usual
WHERE abs(bits) >= $least
