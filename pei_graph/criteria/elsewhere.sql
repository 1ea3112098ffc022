-- A parent who lives elsewhere may contribute to so many areas that the family itself does not meet:
-- the first in the pack's order.
INSERT INTO contributed
WITH met AS (
    SELECT DISTINCT subject AS parent_id
    FROM findings
    WHERE pack = $pack AND state = 'met'
),
parents AS (
    SELECT person_id AS parent_id, other_person_id AS child_id
    FROM relations
    SEMI JOIN met ON met.parent_id = person_id
    WHERE kind = 'parent'
    UNION
    SELECT other_person_id, person_id
    FROM relations
    SEMI JOIN met ON met.parent_id = other_person_id
    WHERE kind = 'child'
),
of_families AS (
    SELECT DISTINCT f.family_id, p.parent_id
    FROM parents p
    JOIN persons c ON c.person_id = p.child_id AND NOT coalesce(c.adult, false)
    JOIN families f ON f.person_id = p.child_id AND f.role <> 'died'
    JOIN persons v ON v.person_id = p.parent_id AND NOT v.sealed
    ANTI JOIN families same ON same.family_id = f.family_id AND same.person_id = p.parent_id
),
own AS (
    SELECT DISTINCT family_id, area
    FROM findings
    WHERE pack = $pack AND state = 'met'
),
ranked AS (
    SELECT
        o.family_id,
        g.area,
        g.criterion,
        c.title,
        dense_rank() OVER (PARTITION BY o.family_id ORDER BY c.area_rank) AS place,
        row_number() OVER (
            PARTITION BY o.family_id, g.area ORDER BY c.points DESC, g.criterion, o.parent_id
        ) AS within
    FROM of_families o
    JOIN findings g ON g.pack = $pack AND g.subject = o.parent_id AND g.state = 'met'
    JOIN pack_criteria c ON c.criterion = g.criterion
    ANTI JOIN own ON own.family_id = o.family_id AND own.area = g.area
)
SELECT $pack, family_id, area, criterion, title
FROM ranked
WHERE place <= $most AND within = 1
