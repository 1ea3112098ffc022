-- Where children live with several adults: of each adult, which sources know another of them, and
-- whether they know this one too, wherever; `nats` speak for the home, `without` those of others.
CREATE OR REPLACE TEMP TABLE expected AS
WITH resident AS (
    SELECT h.label, h.place
    FROM home_of h
    JOIN person p ON p.label = h.label
    WHERE p.adult
    QUALIFY count(*) OVER (PARTITION BY h.place) > 1
),
with_children AS (
    SELECT r.label, r.place
    FROM resident r
    WHERE r.place IN (
        SELECT h.place
        FROM home_of h
        JOIN person p ON p.label = h.label
        WHERE p.adult = false
    )
),
placed AS (
    SELECT r.label, r.place, v.source, w.nats
    FROM with_children r
    JOIN voice v ON v.label = r.label AND v.place = r.place
    JOIN worth w ON w.trait = v.trait
),
listing AS (
    SELECT place, source, count(*) AS adults, min(label) AS label
    FROM placed
    GROUP BY place, source
)
SELECT
    r.label,
    l.source,
    sum(p.nats) AS nats,
    sum(p.nats) FILTER (WHERE p.source <> l.source) AS without,
    EXISTS (
        SELECT 1
        FROM voice v
        WHERE v.label = r.label
            AND v.source = l.source
    ) AS known
FROM with_children r
JOIN listing l ON l.place = r.place AND (l.adults > 1 OR l.label <> r.label)
LEFT JOIN placed p ON p.label = r.label
GROUP BY r.label, l.source
