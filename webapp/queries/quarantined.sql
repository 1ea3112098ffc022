-- Rows set aside, by rule; their content stays in the workspace. `past` is what a later delivery came
-- after; `files` counts those that hold such rows, and `file` is the last of them.
SELECT
    q.source,
    q.list,
    q.rule,
    q.advice,
    coalesce(d.overtaken, FALSE) AS past,
    max_by(q.file, d.sequence) AS file,
    count(DISTINCT q.delivery_id) AS files,
    count(*) AS rows,
    arg_max(q.row, (d.sequence, -q.row)) AS first_row
FROM run.quarantine q
LEFT JOIN run.deliveries d USING (delivery_id)
GROUP BY q.source, q.list, q.rule, q.advice, past
ORDER BY past, rows DESC, q.source, q.list, file, q.rule
LIMIT 200;
