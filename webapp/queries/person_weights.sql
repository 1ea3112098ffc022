-- The weight of each link between these records. An index finds those of the left end, if asked alone.
WITH held AS MATERIALIZED (
    SELECT record_l, record_r, weight
    FROM links
    WHERE record_l IN (SELECT unnest($records))
)
SELECT record_l, record_r, weight
FROM held
WHERE record_r IN (SELECT unnest($records));
