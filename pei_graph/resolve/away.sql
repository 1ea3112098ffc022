-- Adults who have probably left the home that sources give for them, where children live with several: a
-- thorough source that does not know them at all speaks against what is said of them; and so does
-- that two others of about that age are likelier to live there, for a home seldom has three who
-- bring children up.
WITH silence AS (
    SELECT e.label, sum(coalesce(t.nats, 0) ORDER BY e.source) AS nats
    FROM expected e
    LEFT JOIN source_thoroughness t ON t.source = e.source
    WHERE NOT e.known
    GROUP BY e.label
),
likely AS (
    SELECT r.label, r.place, r.birth_date, round(r.nats + coalesce(s.nats, 0), 6) AS nats
    FROM raising r
    LEFT JOIN silence s ON s.label = r.label
),
third AS (
    SELECT one.label
    FROM likely one
    JOIN likely other
        ON other.place = one.place
        AND other.nats > one.nats
        AND other.nats >= 0
        AND abs(other.birth_date - one.birth_date) <= $days
    JOIN person p ON p.label = other.label AND NOT p.sealed
    ANTI JOIN (SELECT place FROM voice WHERE communal) c ON c.place = one.place
    GROUP BY one.label
    HAVING count(*) > 1
)
SELECT l.label
FROM likely l
LEFT JOIN third ON third.label = l.label
WHERE l.nats + CASE
    WHEN third.label IS NULL THEN 0
    ELSE coalesce((SELECT max(nats) FROM source_third_adult), 0)
END < -$sure
