-- One page of families with an area in a state (see sight.sql), highest priority first.
WITH listed AS (
    SELECT f.*
    FROM family_list f
    SEMI JOIN families_with($area, $state, $news, $met, $nearly) USING (family_id)
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
    WHERE f.family_id IN (SELECT family_id FROM listed)
        AND f.role <> 'died'
        AND p.surname IS NOT NULL
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
    l.met,
    l.cusp,
    l.news,
    r.states
FROM listed l
LEFT JOIN areas r USING (family_id)
LEFT JOIN named n USING (family_id)
LEFT JOIN addresses a USING (address_id)
ORDER BY l.points DESC, l.met DESC, l.cusp DESC, l.family_id;
