-- Few records are sealed: those alone are looked up.
WITH odd AS (
    SELECT record_id, sealed
    FROM records
    WHERE sealed
)
SELECT
    f.fact_id, f.type, f.role, f.event, f.from_date, f.to_date, f.status, f.detail,
    f.value, f.total, f.unauthorised, f.worker, f.telephone, f.source,
    coalesce(o.sealed, false) AS sealed
FROM facts f
LEFT JOIN odd o USING (record_id)
WHERE f.kind = 'involvement'
