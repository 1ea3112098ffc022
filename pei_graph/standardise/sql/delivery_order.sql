-- Every loaded delivery with a number: 0 is the newest; of one day, in the order of the contract.
CREATE TABLE working.delivery_order AS
SELECT
    row_number() OVER (
        ORDER BY d.delivered_on DESC, d.source, l.position, d.sequence DESC, d.delivery_id
    ) - 1 AS number,
    dense_rank() OVER (ORDER BY d.delivered_on DESC) AS day_rank,
    d.delivery_id,
    d.source,
    d.list,
    d.file,
    d.delivered_on,
    -- Dates after that day cannot be meant.
    (d.delivered_on + INTERVAL 30 YEAR)::DATE AS far_off,
    l.appended OR coalesce(d.latest, FALSE) AS current,
    $all OR list_contains($sources::VARCHAR[], d.source) AS untold
FROM deliveries AS d
JOIN list_order AS l ON l.source = d.source AND l.list = d.list
WHERE d.status = 'loaded'
