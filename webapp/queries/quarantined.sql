-- Rows set aside, by rule; their content stays in the workspace.
SELECT
    source,
    list,
    file,
    rule,
    advice,
    count(*) AS rows,
    min(row) AS first_row
FROM run.quarantine
GROUP BY ALL
ORDER BY rows DESC, source, list, file, rule
LIMIT 200;
