-- Pairs in two sources and at two homes that give names, and that nothing settles or forbids, counted by
-- weight and by whether one of the two is spoken for: whether it surely has another counterpart in the
-- other's source.
WITH judged AS (
    SELECT
        l.n AS n_l,
        r.n AS n_r,
        l.source AS source_l,
        r.source AS source_r,
        weight,
        state = 'accepted' AND weight >= $surely AS sure,
        veto IS NULL
            AND reason = 'model'
            AND bits.household = 0
            AND l.source <> r.source
            AND coalesce(levels.address, 0) < $dwelling
            AND levels.forename IS NOT NULL
            AND levels.surname IS NOT NULL
            AND weight < $beyond AS open
    FROM judged_around
    JOIN comparables AS l ON l.record_id = record_l
    JOIN comparables AS r ON r.record_id = record_r
),
ends AS (
    SELECT
        unnest([n_l, n_r]) AS n,
        unnest([source_r, source_l]) AS source,
        unnest([n_r, n_l]) AS other,
        weight
    FROM judged
    WHERE sure
),
counterparts AS (
    SELECT
        n,
        source,
        arg_max(other, (weight, -other)) AS other
    FROM ends
    GROUP BY n, source
)
SELECT
    (floor(weight / $bin) + 0.5) * $bin AS weight,
    coalesce(of_l.other <> n_r, false) OR coalesce(of_r.other <> n_l, false) AS spoken_for,
    count(*) AS pairs
FROM judged
SEMI JOIN chosen USING (n_l, n_r)
LEFT JOIN counterparts AS of_l ON of_l.n = n_l AND of_l.source = source_r
LEFT JOIN counterparts AS of_r ON of_r.n = n_r AND of_r.source = source_l
WHERE open
GROUP BY ALL
ORDER BY ALL
