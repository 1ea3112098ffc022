SELECT
    f.fact_id, f.type, f.role, f.event, f.from_date, f.to_date, f.status, f.detail,
    f.value, f.total, f.unauthorised, f.worker, f.telephone, f.source, r.in_latest, r.sealed
FROM facts f
JOIN records r USING (record_id)
WHERE f.kind = 'involvement'
