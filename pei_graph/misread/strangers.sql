-- How many people a list names by a key alone while no record of the person, of any source, says who
-- that is, beside how many people its source has.
WITH nameless AS (
    SELECT record_id, delivery_id, role
    FROM records
    WHERE forename IS NULL AND surname IS NULL AND birth_date IS NULL AND address_id IS NULL
),
theirs AS (
    SELECT n.delivery_id, n.role, m.person_id
    FROM nameless AS n
    JOIN members AS m ON m.record_id = n.record_id AND m.state = 'accepted'
),
described AS (
    SELECT m.person_id
    FROM members AS m
    SEMI JOIN theirs USING (person_id)
    ANTI JOIN nameless USING (record_id)
    WHERE m.state = 'accepted'
),
sized AS (
    SELECT source, count(*) AS people FROM records GROUP BY source
)
SELECT d.source, d.list, t.role, count(*) AS strangers, s.people
FROM theirs AS t
ANTI JOIN described USING (person_id)
JOIN deliveries AS d USING (delivery_id)
JOIN sized AS s ON s.source = d.source
GROUP BY d.source, d.list, t.role, s.people
HAVING strangers >= $fewest AND strangers >= $share * s.people
ORDER BY d.source, d.list, t.role
