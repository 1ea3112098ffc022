-- Links that something forbids, by what it is.
SELECT
    veto,
    count(*) AS links
FROM links
WHERE veto IS NOT NULL
GROUP BY veto
ORDER BY links DESC, veto
