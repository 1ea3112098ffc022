-- What was not understood, by source and rule, gravest first; no values.
SELECT
    source,
    list,
    file,
    "column",
    rule,
    severity,
    advice,
    sum(coalesce(rows, 1))::BIGINT AS rows
FROM run.issues
GROUP BY ALL
ORDER BY
    CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END,
    rows DESC,
    source NULLS FIRST,
    list,
    file,
    rule,
    "column"
LIMIT 200;
