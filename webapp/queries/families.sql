-- One page of families, highest priority first.
WITH listed AS (
    SELECT *
    FROM family_list f
    WHERE $area = ''
        OR coalesce(f.states[$area], 'no_data') = $state
        OR ($state = '' AND coalesce(f.states[$area], '') IN ('met', 'cusp'))
    ORDER BY f.points DESC, f.met DESC, f.cusp DESC, f.family_id
    LIMIT $most
    OFFSET $first
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
    l.states
FROM listed l
LEFT JOIN named n USING (family_id)
LEFT JOIN addresses a USING (address_id)
ORDER BY l.points DESC, l.met DESC, l.cusp DESC, l.family_id;
