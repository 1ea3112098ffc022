-- How the pairs of each stratum were judged.
SELECT
    stratum,
    any_value(size) AS pairs,
    count(*) FILTER (verdict = 'same') AS same,
    count(*) FILTER (verdict = 'different') AS different,
    count(*) FILTER (verdict = 'unsure') AS unsure,
    count(*) FILTER (verdict IS NULL) AS unjudged,
    avg(expected) AS expected
FROM judged
GROUP BY stratum
ORDER BY stratum
