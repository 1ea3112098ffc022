-- Who lives at a home as one of a family there: those whose home it is, and whom the council has placed
-- with them who are kin of one of them, be it through others placed there. A foster carer is no kin by
-- being one. A `guest` is placed there with a parent or child and kin of none whose home it is: they are
-- a family of their own. A children's home is nobody's.
CREATE OR REPLACE TEMP TABLE resident AS
WITH RECURSIVE kindred AS (
    SELECT person_id, other_person_id, kind
    FROM relations
    WHERE kind <> 'carer'
    UNION ALL
    SELECT other_person_id, person_id, kind
    FROM relations
    WHERE kind <> 'carer'
),
beside AS MATERIALIZED (
    SELECT d.label, home.label AS other, home.placed, k.kind
    FROM dwelling d
    JOIN person p ON p.label = d.label
    JOIN kindred k ON k.person_id = p.person_id
    JOIN person relative ON relative.person_id = k.other_person_id
    JOIN dwelling home
        ON home.label = relative.label
        AND home.address_id = d.address_id
    WHERE d.placed
),
with_kin AS (
    SELECT label
    FROM beside
    WHERE NOT placed
    UNION
    SELECT b.label
    FROM beside b
    JOIN with_kin w ON w.label = b.other
),
with_own AS (
    SELECT label
    FROM beside
    WHERE placed AND kind = 'parent'
),
many_placed AS (
    SELECT d.address_id
    FROM dwelling d
    JOIN person p ON p.label = d.label
    WHERE d.placed
    GROUP BY d.address_id
    HAVING count(DISTINCT lower(p.surname_given)) > $most_placed
)
SELECT d.*, d.placed AND d.label NOT IN (FROM with_kin) AS guest
FROM dwelling d
ANTI JOIN many_placed m ON m.address_id = d.address_id
WHERE NOT d.placed
    OR d.label IN (FROM with_kin)
    OR d.label IN (FROM with_own)
