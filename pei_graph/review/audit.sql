-- A random sample of each state of links, in an order that chance and the seed alone decide. The
-- first of every stratum come first, so that each is answered for as far as people get.
WITH drawn AS (
    SELECT
        record_l,
        record_r,
        state AS stratum,
        row_number() OVER (PARTITION BY state ORDER BY by_chance, record_l, record_r) AS place,
        count(*) OVER (PARTITION BY state) AS links
    FROM (
        SELECT record_l, record_r, state, md5(concat_ws('|', $seed, record_l, record_r)) AS by_chance
        FROM links
    )
)
SELECT record_l, record_r, stratum, least(1.0, $planned / links)::DOUBLE AS chance
FROM drawn
WHERE place <= $planned
ORDER BY place, stratum
