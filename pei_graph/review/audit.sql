-- A random sample of each state of links, in an order that chance and the seed alone decide. The
-- first of every stratum come first, so that each is answered for as far as people get.
WITH by_state AS (
    SELECT
        state AS stratum,
        count(*) AS links,
        arg_min(
            {'record_l': record_l, 'record_r': record_r},
            md5(concat_ws('|', $seed, record_l, record_r)),
            $planned::BIGINT
        ) AS drawn
    FROM links
    GROUP BY state
),
placed AS (
    SELECT
        stratum,
        links,
        unnest(drawn, recursive := true),
        generate_subscripts(drawn, 1) AS place
    FROM by_state
)
SELECT record_l, record_r, stratum, least(1.0, $planned / links)::DOUBLE AS chance
FROM placed
ORDER BY place, stratum
