-- Possible links that the people around them settle. Two groups of records not yet one person are
-- near where records of both give one dwelling, or where they bear one name and somebody has lived at
-- both their addresses: people move together. A near link is believed where one side has nobody else
-- near to be, and nobody else near the other side contradicts it.
WITH home AS (
    SELECT c.label, n.code, r.record_id, r.forename, r.surname, r.address_id
    FROM records r
    JOIN node n ON n.record_id = r.record_id
    JOIN cluster c ON c.code = n.code
    JOIN addresses a ON a.address_id = r.address_id
    WHERE a.kind = 'dwelling'
),
lived AS (
    SELECT label, address_id
    FROM home
    UNION
    SELECT c.label, f.address_id
    FROM facts f
    JOIN node n ON n.record_id = f.record_id
    JOIN cluster c ON c.code = n.code
    JOIN addresses a ON a.address_id = f.address_id
    WHERE f.kind = 'address'
        AND a.kind = 'dwelling'
),
moved AS (
    SELECT DISTINCT x.address_id AS one, y.address_id AS other
    FROM lived x
    JOIN lived y ON y.label = x.label AND y.address_id <> x.address_id
),
near AS (
    SELECT e.l, e.r, e.weight, e.identifier, e.possible, a.label AS label_l, b.label AS label_r
    FROM edge e
    ANTI JOIN verdict v ON v.l = e.l AND v.r = e.r
    JOIN home a ON a.code = e.l
    JOIN home b ON b.code = e.r AND b.label <> a.label
    LEFT JOIN moved m ON m.one = a.address_id AND m.other = b.address_id
    WHERE (e.accepted OR e.possible)
        AND NOT e.vetoed
        AND (
            a.address_id = b.address_id
            OR (m.one IS NOT NULL AND a.forename = b.forename AND a.surname = b.surname)
        )
),
neighbour AS (
    SELECT label_l AS label, label_r AS other
    FROM near
    UNION
    SELECT label_r AS label, label_l AS other
    FROM near
),
lone AS (
    SELECT label
    FROM neighbour
    GROUP BY label
    HAVING count(*) = 1
),
rival AS (
    SELECT DISTINCT one.label, one.other
    FROM neighbour one
    JOIN lone ON lone.label = one.label
    JOIN neighbour another ON another.label = one.other AND another.other <> one.label
    JOIN home x ON x.label = one.label
    JOIN home y ON y.label = another.other
    JOIN comparables l ON l.record_id = x.record_id
    JOIN comparables r ON r.record_id = y.record_id
    WHERE pair_veto(l, r) IS NOT NULL
),
settled AS (
    SELECT label, other
    FROM neighbour
    SEMI JOIN lone USING (label)
    ANTI JOIN rival USING (label, other)
)
SELECT near.l, near.r, near.weight, near.identifier
FROM near
WHERE near.possible
    AND (
        (label_l, label_r) IN (SELECT (label, other) FROM settled)
        OR (label_r, label_l) IN (SELECT (label, other) FROM settled)
    )
ORDER BY near.l, near.r
