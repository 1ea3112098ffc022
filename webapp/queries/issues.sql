-- What was not understood, by list and rule, gravest first; no values. `past` is what a later
-- delivery came after; `files` counts those that it is said of, and `file` is the last of them.
-- `concerned` is empty where it is said of no row.
WITH told AS (
    SELECT i.*, d.sequence, coalesce(d.overtaken, FALSE) AS past
    FROM run.issues i
    LEFT JOIN run.deliveries d USING (delivery_id)
),
counted AS (
    SELECT
        source,
        list,
        "column",
        rule,
        severity,
        advice,
        past,
        max_by(file, coalesce(sequence, 0)) AS file,
        count(DISTINCT file) AS files,
        sum(coalesce(rows, CASE WHEN "row" IS NOT NULL THEN 1 END))::BIGINT AS concerned
    FROM told
    GROUP BY source, list, "column", rule, severity, advice, past, CASE WHEN source IS NULL THEN file END
)
SELECT *
FROM counted
ORDER BY
    past,
    list_position(['error', 'warning', 'note'], severity),
    concerned DESC,
    source NULLS FIRST,
    list,
    file,
    rule,
    "column"
LIMIT 200;
