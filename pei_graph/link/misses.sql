-- How often a source that knows a home holds only one of its twins. A source is asked only where
-- another one has shown the twins.
CREATE OR REPLACE TEMP TABLE source_misses AS
SELECT
    source,
    (count(*) FILTER (NOT told.two) + 1) / (count(*) + 2) AS missed
FROM told
JOIN homes USING (address_id, birth_date)
WHERE homes.two - told.two::INTEGER > 0
GROUP BY source;
-- By how many bits homes with one person under two names are commoner than homes with twins; no row
-- where too few of either were seen to tell.
CREATE OR REPLACE TEMP TABLE twin_homes AS
WITH seen AS (
    SELECT
        count(*) FILTER (two > 0) AS twins,
        count(*) FILTER (two = 0 AND names > 1) AS others
    FROM homes
)
SELECT log2(others / twins) AS bits
FROM seen
WHERE least(twins, others) >= $enough
