-- Who lives at a home as one of those whose home it is: not whom the council has placed there, unless they
-- are kin of one of those. A foster carer is no kin by being one. A children's home is nobody's.
CREATE OR REPLACE TEMP TABLE resident AS
WITH kindred AS (
    SELECT person_id, other_person_id
    FROM relations
    WHERE kind <> 'carer'
    UNION ALL
    SELECT other_person_id, person_id
    FROM relations
    WHERE kind <> 'carer'
),
with_kin AS (
    SELECT DISTINCT d.label
    FROM dwelling d
    JOIN person p ON p.label = d.label
    JOIN kindred k ON k.person_id = p.person_id
    JOIN person relative ON relative.person_id = k.other_person_id
    JOIN dwelling home
        ON home.label = relative.label
        AND home.address_id = d.address_id
        AND NOT home.placed
    WHERE d.placed
),
many_placed AS (
    SELECT d.address_id
    FROM dwelling d
    JOIN person p ON p.label = d.label
    WHERE d.placed
    GROUP BY d.address_id
    HAVING count(DISTINCT lower(p.surname_given)) > $most_placed
)
SELECT *
FROM dwelling d
ANTI JOIN many_placed m ON m.address_id = d.address_id
WHERE NOT d.placed
    OR d.label IN (SELECT label FROM with_kin)
