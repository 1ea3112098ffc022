-- The weight of each link between these records.
SELECT record_l, record_r, weight
FROM links
WHERE record_l IN (SELECT unnest($records))
    AND record_r IN (SELECT unnest($records));
