-- Where children live with several adults: of each adult, which sources know another of about that
-- age, and whether they know this one too, wherever; `nats` speak for the home, and `others` counts
-- the other sources that give it. Sources that list who brings a child up do not list grandparents
-- and grown children, so their silence about those says nothing. Who has died brings nobody up; a death
-- that is sealed changes nothing for others.
CREATE OR REPLACE TEMP TABLE raising AS
WITH resident AS (
    SELECT h.label, h.place, h.nats, p.birth_date
    FROM home_of h
    JOIN person p ON p.label = h.label
    WHERE p.adult
        AND (p.died IS NULL OR p.sealed)
    QUALIFY count(*) OVER (PARTITION BY h.place) > 1
)
SELECT r.*
FROM resident r
WHERE r.place IN (
    SELECT h.place
    FROM home_of h
    JOIN person p ON p.label = h.label
    WHERE p.adult = false
);
CREATE OR REPLACE TEMP TABLE expected AS
WITH placed AS (
    SELECT r.label, r.place, r.birth_date, v.source
    FROM raising r
    JOIN voice v ON v.label = r.label AND v.place = r.place
),
listing AS (
    SELECT
        place,
        source,
        count(*) AS adults,
        min(label) AS label,
        min(birth_date) AS eldest,
        max(birth_date) AS youngest
    FROM placed
    GROUP BY place, source
)
SELECT
    r.label,
    l.source,
    count(p.source) FILTER (WHERE p.source <> l.source) AS others,
    EXISTS (
        SELECT 1
        FROM voice v
        WHERE v.label = r.label
            AND v.source = l.source
    ) AS known
FROM raising r
JOIN listing l
    ON l.place = r.place
    AND (l.adults > 1 OR l.label <> r.label)
    AND coalesce(r.birth_date BETWEEN l.eldest - $days AND l.youngest + $days, true)
LEFT JOIN placed p ON p.label = r.label
GROUP BY r.label, l.source
