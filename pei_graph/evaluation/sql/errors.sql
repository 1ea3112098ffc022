-- Pairs claimed, true, wrong and missed by the two sources concerned.
WITH sourced AS (
    SELECT c.truth, c.found, r.source, count(*)::DOUBLE AS n
    FROM compared c
    JOIN records r ON r.record_id = c.item
    GROUP BY ALL
),
found_side AS (
    SELECT found AS held, source, sum(n) AS n
    FROM sourced
    GROUP BY ALL
),
true_side AS (
    SELECT truth AS held, source, sum(n) AS n
    FROM sourced
    GROUP BY ALL
),
counted AS (
    SELECT 'claimed' AS kind, *
    FROM found_side
    UNION ALL
    SELECT 'true' AS kind, *
    FROM true_side
    UNION ALL
    SELECT 'right' AS kind, truth || chr(31) || found AS held, source, n
    FROM sourced
),
paired AS (
    SELECT
        a.kind,
        a.source AS source_l,
        b.source AS source_r,
        sum(CASE WHEN a.source = b.source THEN a.n * (a.n - 1) / 2 ELSE a.n * b.n END) AS pairs
    FROM counted a
    JOIN counted b ON b.kind = a.kind AND b.held = a.held AND b.source >= a.source
    GROUP BY ALL
),
summed AS (
    SELECT
        source_l,
        source_r,
        coalesce(sum(pairs) FILTER (kind = 'claimed'), 0)::BIGINT AS claimed,
        coalesce(sum(pairs) FILTER (kind = 'true'), 0)::BIGINT AS "true",
        coalesce(sum(pairs) FILTER (kind = 'right'), 0)::BIGINT AS agreed
    FROM paired
    GROUP BY source_l, source_r
)
SELECT
    source_l,
    source_r,
    claimed,
    "true",
    claimed - agreed AS wrong,
    "true" - agreed AS missed
FROM summed
WHERE claimed + "true" > 0
ORDER BY wrong + missed DESC, source_l, source_r
