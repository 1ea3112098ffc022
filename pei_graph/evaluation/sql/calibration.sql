-- Links by weight: what the model expects and what is true. `times` is how many links a judged one
-- stands for: one where chances of being drawn are not known. The number of trials behind a share is
-- Kish's effective one: unequal weights tell less.
WITH weighed AS (
    SELECT
        weight,
        expected,
        verdict = 'same' AS same,
        coalesce(size / count(*) OVER (PARTITION BY stratum), 1) AS times
    FROM judged
    WHERE weight IS NOT NULL AND verdict IN ('same', 'different')
),
banded AS (
    SELECT
        *,
        greatest(-4, least(20, 2 * floor(weight / 2))) AS low
    FROM weighed
)
SELECT
    low,
    CASE WHEN low < 20 THEN low + 2 END AS high,
    sum(times) AS links,
    sum(times * expected) / sum(times) AS expected,
    sum(times * same::INTEGER) / sum(times) AS share,
    pow(sum(times), 2) / sum(times * times) AS trials,
    sum(times * pow(expected - same::INTEGER, 2)) AS squares
FROM banded
GROUP BY low
ORDER BY low
