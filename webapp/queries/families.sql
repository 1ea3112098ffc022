-- One page of families, highest priority first.
WITH standing AS (
    SELECT family_id, state
    FROM family_areas
    WHERE area = $area
),
listed AS (
    SELECT f.*
    FROM family_list f
    LEFT JOIN standing s USING (family_id)
    WHERE $area = ''
        OR coalesce(s.state, 'no_data') = $state
        OR ($state = '' AND coalesce(s.state, '') IN ('met', 'cusp'))
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
