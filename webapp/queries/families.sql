-- One page of families with an area in a state, highest priority first: of any area, or in any state,
-- where none is chosen; no state means met or on the cusp.
WITH asked AS (
    SELECT l.family_id
    FROM family_list l
    LEFT JOIN family_areas a ON a.family_id = l.family_id AND $area IN ('', a.area)
    WHERE $state IN ('any', coalesce(a.state, 'no_data'))
        OR ($state = '' AND a.state IN ('met', 'cusp'))
    GROUP BY l.family_id
),
listed AS (
    SELECT f.*
    FROM family_list f
    SEMI JOIN asked USING (family_id)
    ORDER BY f.points DESC, f.met DESC, f.cusp DESC, f.family_id
    LIMIT $most
    OFFSET $first
),
areas AS (
    SELECT family_id, map(list(area), list(state)) AS states
    FROM family_areas
    WHERE family_id IN (SELECT family_id FROM listed)
    GROUP BY family_id
),
named AS (
    SELECT f.family_id, list(DISTINCT p.surname ORDER BY p.surname) AS surnames
    FROM families f
    JOIN persons p USING (person_id)
    WHERE f.family_id IN (SELECT family_id FROM listed) AND p.surname IS NOT NULL
    GROUP BY f.family_id
)
SELECT
    l.family_id,
    n.surnames,
    a.line,
    a.postcode,
    l.adults,
    l.children,
    l.others,
    l.points,
    r.states
FROM listed l
LEFT JOIN areas r USING (family_id)
LEFT JOIN named n USING (family_id)
LEFT JOIN addresses a USING (address_id)
ORDER BY l.points DESC, l.met DESC, l.cusp DESC, l.family_id;
