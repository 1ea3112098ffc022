-- Where each record lives now: an open address before a closed one, the newest delivery's before
-- an older one's, the latest start before an earlier one.
CREATE OR REPLACE TEMP TABLE homes AS
SELECT
    a.record_id,
    arg_min(
        a.number,
        (coalesce(a.to_date < o.delivered_on, FALSE)::HUGEINT << 105)
        + (o.day_rank::HUGEINT << 85)
        + ((DATE '2200-01-01' - coalesce(a.from_date, DATE '1850-01-01'))::HUGEINT << 64)
        + a.place
    ) AS number
FROM said_residences AS a
JOIN working.delivery_order AS o ON o.number = a.place >> 44
JOIN whole_places AS p ON p.number = a.number
WHERE p.address_id IS NOT NULL
GROUP BY a.record_id
