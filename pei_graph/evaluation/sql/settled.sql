-- How the pairs of each stratum were judged, and what the model expects of them: of two records that
-- no link of their own ties, what it made of them.
SELECT
    stratum,
    any_value(size) AS pairs,
    count(*) FILTER (verdict = 'same') AS same,
    count(*) FILTER (verdict = 'different') AS different,
    count(*) FILTER (verdict = 'unsure') AS unsure,
    count(*) FILTER (verdict IS NULL) AS unjudged,
    avg(
        coalesce(expected, CASE WHEN starts_with(stratum, 'together') THEN $joined ELSE 0 END)
    ) AS expected
FROM judged
GROUP BY stratum
ORDER BY stratum
