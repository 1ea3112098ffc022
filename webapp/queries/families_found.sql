-- What a list of search results shows of each family.
WITH areas AS (
    SELECT family_id, map(list(area), list(state)) AS states
    FROM family_areas
    WHERE family_id IN (SELECT unnest($ids))
    GROUP BY family_id
)
SELECT
    l.family_id,
    l.adults,
    l.children,
    l.others,
    l.points,
    r.states,
    a.line,
    a.postcode,
    list(DISTINCT p.surname ORDER BY p.surname) FILTER (p.surname IS NOT NULL AND f.role <> 'died') AS surnames
FROM family_list l
LEFT JOIN areas r USING (family_id)
LEFT JOIN addresses a USING (address_id)
LEFT JOIN families f USING (family_id)
LEFT JOIN persons p USING (person_id)
WHERE l.family_id IN (SELECT unnest($ids))
GROUP BY ALL;
