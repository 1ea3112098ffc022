-- Of current facts that state the same thing only the newest, and of one row the first, is kept; what
-- is past tells since when. All are written here, once: a table that grows by many inserts is packed
-- anew at the next checkpoint. An adoption order holds though no return lists the child any more.
INSERT INTO facts BY NAME
WITH repeated AS (
    SELECT fact_id, min(since) AS since
    FROM working.stated
    GROUP BY fact_id
    HAVING count(*) > 1
),
ranked AS (
    SELECT
        s.rowid AS id,
        row_number() OVER (PARTITION BY s.fact_id ORDER BY s.place, s.rowid) AS rank
    FROM working.stated AS s
    JOIN repeated AS r ON r.fact_id = s.fact_id
    JOIN working.delivery_order AS o
        ON o.number = s.place >> 44
        AND (o.current OR s.type = 'adoption_order')
),
again AS (
    SELECT id
    FROM ranked
    WHERE rank > 1
)
SELECT
    s.* EXCLUDE (place, since),
    o.source,
    o.delivery_id,
    (s.place >> 10) & ((1::BIGINT << 34) - 1) AS row,
    coalesce(r.since, s.since) AS first_told
FROM working.stated AS s
JOIN working.delivery_order AS o
    ON o.number = s.place >> 44
    AND (o.current OR s.type = 'adoption_order')
LEFT JOIN repeated AS r ON r.fact_id = s.fact_id
ANTI JOIN again AS a ON a.id = s.rowid
