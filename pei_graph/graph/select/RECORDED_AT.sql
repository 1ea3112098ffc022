WITH stated AS (
    SELECT record_id, address_id, from_date, to_date
    FROM facts
    WHERE kind = 'address' AND address_id IS NOT NULL
    UNION ALL
    SELECT record_id, address_id, NULL, NULL
    FROM records
    WHERE address_id IS NOT NULL
)
SELECT
    record_id,
    address_id,
    min(from_date) AS from_date,
    max(to_date) AS to_date
FROM stated
GROUP BY record_id, address_id
