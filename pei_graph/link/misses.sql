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
-- where too few of either were seen to tell. Of the homes that show two names, those must be taken
-- off where every source happens to hold another one of twins: as many as homes known to have twins
-- say, each for itself, by how likely its own sources were to miss them.
CREATE OR REPLACE TEMP TABLE twin_homes AS
WITH chance AS (
    SELECT
        address_id,
        birth_date,
        least(product(coalesce(missed, $unasked)), $unasked) AS unseen
    FROM told
    JOIN homes USING (address_id, birth_date)
    LEFT JOIN source_misses USING (source)
    WHERE homes.two > 0
    GROUP BY address_id, birth_date
),
missed_twins AS (
    SELECT coalesce(sum(unseen / (1 - unseen)), 0) AS homes
    FROM chance
),
seen AS (
    SELECT
        count(*) FILTER (two > 0) AS twins,
        count(*) FILTER (two = 0 AND names > 1) AS others
    FROM homes
)
SELECT log2((others - missed_twins.homes) / (twins + missed_twins.homes)) AS bits
FROM seen
CROSS JOIN missed_twins
WHERE least(twins, others - missed_twins.homes) >= $enough
