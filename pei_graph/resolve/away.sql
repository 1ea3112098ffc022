-- Adults who have probably left the home that sources give for them. Where children live with
-- several adults, a source that knows one of these mostly knows those who really live there (how
-- mostly is learnt, from those of whom other sources leave no doubt); one that does not know them at
-- all speaks against what is said of them.
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
),
expected AS (
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
),
thorough AS (
    SELECT source, ln(1 - (count(*) FILTER (WHERE known) + 1) / (count(*) + 2)) AS nats
    FROM expected
    WHERE without >= $sure
    GROUP BY source
)
SELECT e.label
FROM expected e
LEFT JOIN thorough t ON t.source = e.source
GROUP BY e.label
HAVING any_value(e.nats) + sum(CASE WHEN NOT e.known THEN coalesce(t.nats, 0) ELSE 0 END) < 0
