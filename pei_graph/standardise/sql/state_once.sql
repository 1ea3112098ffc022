-- Of facts that state the same thing only the newest, and of one row the first, remains.
DELETE FROM facts
WHERE rowid IN (
    WITH repeated AS (
        SELECT fact_id
        FROM facts
        GROUP BY fact_id
        HAVING count(*) > 1
    ),
    ranked AS (
        SELECT
            f.rowid AS id,
            row_number() OVER (PARTITION BY f.fact_id ORDER BY o.number, f.row, f.rowid) AS place
        FROM facts AS f
        JOIN repeated AS r ON r.fact_id = f.fact_id
        JOIN working.delivery_order AS o ON o.delivery_id = f.delivery_id
    )
    SELECT id
    FROM ranked
    WHERE place > 1
)
