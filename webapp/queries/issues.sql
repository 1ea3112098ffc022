-- What was not understood, by source and rule, gravest first; no values.
WITH counted AS (
    SELECT
        source,
        list,
        file,
        "column",
        rule,
        severity,
        advice,
        sum(coalesce(rows, 1))::BIGINT AS concerned
    FROM run.issues
    GROUP BY ALL
)
SELECT *
FROM counted
ORDER BY
    list_position(['error', 'warning', 'note'], severity),
    concerned DESC,
    source NULLS FIRST,
    list,
    file,
    rule,
    "column"
LIMIT 200;
