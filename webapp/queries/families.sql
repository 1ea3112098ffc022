-- One page of families, highest priority first.
SELECT
    f.family_id,
    a.line,
    a.postcode,
    f.adults,
    f.children,
    f.others,
    f.points,
    f.states
FROM family_list f
LEFT JOIN addresses a USING (address_id)
WHERE $area = ''
    OR coalesce(f.states[$area], '') = $state
    OR ($state = '' AND coalesce(f.states[$area], '') IN ('met', 'cusp'))
ORDER BY f.points DESC, f.met DESC, f.cusp DESC, f.family_id
LIMIT $most
OFFSET $first;
