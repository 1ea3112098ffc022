-- Possible links that the people around them may settle. Two groups of records not yet one person are
-- near where records of both give one dwelling, or where they bear one name and somebody has lived at
-- both their addresses: people move together.
CREATE OR REPLACE TEMP TABLE near AS
WITH asked AS MATERIALIZED (
    SELECT DISTINCT unnest([l, r]) AS code
    FROM open_link
),
home AS MATERIALIZED (
    SELECT s.code, f.name_rank AS forename, n.name_rank AS surname, s.address_id
    FROM spoken s
    LEFT JOIN spelling f ON f.spelling = s.forename
    LEFT JOIN spelling n ON n.spelling = s.surname
    SEMI JOIN asked ON asked.code = s.code
    SEMI JOIN addresses a ON a.address_id = s.address_id AND a.kind = 'dwelling'
),
reach AS MATERIALIZED (
    SELECT
        e.link,
        e.possible,
        e.label_l,
        e.label_r,
        a.address_id AS one,
        b.address_id AS other
    FROM open_link e
    JOIN home a ON a.code = e.l
    JOIN home b ON b.code = e.r
    WHERE a.address_id = b.address_id
        OR (a.forename = b.forename AND a.surname = b.surname)
),
move AS MATERIALIZED (
    SELECT DISTINCT one, other
    FROM reach
    WHERE one <> other
),
lived AS MATERIALIZED (
    SELECT DISTINCT g.label, s.address_id
    FROM statement s
    JOIN grouped g ON g.code = s.code
    WHERE s.address_id IN (SELECT unnest([one, other]) FROM move)
),
moved AS (
    SELECT DISTINCT move.one, move.other
    FROM move
    JOIN lived x ON x.address_id = move.one
    JOIN lived y ON y.address_id = move.other AND y.label = x.label
    UNION
    SELECT move.one, move.other
    FROM move
    JOIN lived_around x ON x.address_id = move.one
    JOIN lived_around y ON y.address_id = move.other AND y.person_id = x.person_id
)
SELECT reach.link, reach.possible, reach.label_l, reach.label_r
FROM reach
LEFT JOIN moved ON moved.one = reach.one AND moved.other = reach.other
WHERE reach.one = reach.other
    OR moved.one IS NOT NULL;
-- Who is near whom, and whether there is nobody else near to be.
CREATE OR REPLACE TEMP TABLE neighbour AS
WITH either_way AS (
    SELECT label_l AS label, label_r AS other
    FROM near
    UNION
    SELECT label_r AS label, label_l AS other
    FROM near
)
SELECT label, other, count(*) OVER (PARTITION BY label) = 1 AS lone
FROM either_way;
-- Of whoever has one neighbour: the records of those who live at their homes, beside the records of
-- whoever else is near that neighbour.
CREATE OR REPLACE TEMP TABLE rivalry AS
WITH rival AS (
    SELECT one.label, one.other, another.other AS third
    FROM neighbour one
    JOIN neighbour another ON another.label = one.other AND another.other <> one.label
    WHERE one.lone
),
resident AS MATERIALIZED (
    SELECT g.label, s.code
    FROM grouped g
    JOIN spoken s ON s.code = g.code
    SEMI JOIN addresses a ON a.address_id = s.address_id AND a.kind = 'dwelling'
    WHERE g.label IN (SELECT unnest([label, third]) FROM rival)
)
SELECT DISTINCT rival.label, rival.other, x.code AS l, y.code AS r
FROM rival
JOIN resident x ON x.label = rival.label
JOIN resident y ON y.label = rival.third
