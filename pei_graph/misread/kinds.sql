-- From which deliveries the records' newest statements are, in which role, and one in how many of
-- that list and role is looked at.
WITH counted AS (
    SELECT delivery_id, role, count(*) AS records
    FROM records
    GROUP BY delivery_id, role
)
SELECT
    delivery_id,
    role,
    source,
    list,
    ceil(sum(records) OVER (PARTITION BY source, list, role) / $most)::BIGINT AS one_in
FROM counted
JOIN deliveries USING (delivery_id)
ORDER BY source, list, role, delivery_id
