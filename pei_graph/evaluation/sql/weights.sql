-- Links by weight and state, in bands of two bits.
SELECT
    greatest(-6, least(40, 2 * floor(weight / 2))) AS low,
    state,
    count(*) AS links
FROM links
GROUP BY ALL
ORDER BY ALL
