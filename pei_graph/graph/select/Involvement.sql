-- Few records are sealed or have left their source: those alone are looked up.
WITH odd AS (
    SELECT record_id, in_latest, sealed
    FROM records
    WHERE sealed OR NOT in_latest
)
SELECT
    f.fact_id, f.type, f.role, f.event, f.from_date, f.to_date, f.status, f.detail,
    f.value, f.total, f.unauthorised, f.worker, f.telephone, f.source,
    coalesce(o.in_latest, true) AS in_latest,
    coalesce(o.sealed, false) AS sealed
FROM facts f
LEFT JOIN odd o USING (record_id)
WHERE f.kind = 'involvement'
