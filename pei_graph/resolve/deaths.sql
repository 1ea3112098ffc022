-- Each day on which sources say by ``$as_of`` that somebody had died, how many and how trusted they are,
-- and whether any fact about the same person began long after.
CREATE OR REPLACE TEMP TABLE death AS
WITH told AS (
    SELECT c.label, f.from_date AS day, f.source, max(t.trust) AS trust
    FROM facts f
    JOIN node ON node.record_id = f.record_id
    JOIN cluster c ON c.code = node.code
    JOIN trusted t ON t.source = f.source
    WHERE f.kind = 'involvement'
        AND f.type = 'death'
        AND f.from_date <= $as_of
    GROUP BY ALL
),
theirs AS MATERIALIZED (
    SELECT c.label, node.record_id
    FROM cluster c
    JOIN node ON node.code = c.code
    WHERE c.label IN (SELECT label FROM told)
),
last_begun AS (
    SELECT theirs.label, max(f.from_date) AS day
    FROM facts f
    JOIN theirs ON theirs.record_id = f.record_id
    WHERE f.kind = 'involvement'
        AND f.type <> 'death'
        AND f.from_date <= $as_of
    GROUP BY theirs.label
)
SELECT
    told.label,
    told.day,
    count(*) AS sources,
    sum(told.trust)::BIGINT AS trust,
    coalesce(any_value(l.day) > told.day + $long_after::INTEGER, false) AS doubted
FROM told
LEFT JOIN last_begun l ON l.label = told.label
GROUP BY told.label, told.day
