-- Every list of every source: what came in, and what became of each row. A list is `unread` where its
-- newest delivery was refused.
WITH loaded AS (
    SELECT delivery_id, count(DISTINCT row) AS rows
    FROM run.record_rows
    GROUP BY delivery_id
),
set_aside AS (
    SELECT delivery_id, count(*) AS rows
    FROM run.quarantine
    GROUP BY delivery_id
)
SELECT
    d.source,
    d.list,
    count(*) AS deliveries,
    count(DISTINCT d.delivered_on) FILTER (d.status = 'loaded') AS days,
    count(*) FILTER (d.status = 'refused') AS refused,
    max(d.delivered_on) AS newest,
    coalesce(
        max(d.delivered_on) FILTER (d.status = 'refused')
            > max(d.delivered_on) FILTER (d.status = 'loaded'),
        bool_and(d.status = 'refused')
    ) AS unread,
    sum(d.rows_in)::BIGINT AS rows_in,
    coalesce(sum(l.rows), 0)::BIGINT AS loaded,
    sum(d.repeated)::BIGINT AS repeated,
    coalesce(sum(q.rows), 0)::BIGINT AS quarantined
FROM run.deliveries d
LEFT JOIN loaded l USING (delivery_id)
LEFT JOIN set_aside q USING (delivery_id)
GROUP BY ALL
ORDER BY d.source, d.list;
