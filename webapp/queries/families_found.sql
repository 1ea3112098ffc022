-- What a list of search results shows of each family.
SELECT
    l.family_id,
    l.adults,
    l.children,
    l.others,
    l.points,
    l.states,
    a.line,
    a.postcode,
    list(DISTINCT p.surname ORDER BY p.surname) FILTER (p.surname IS NOT NULL) AS surnames
FROM family_list l
LEFT JOIN addresses a USING (address_id)
LEFT JOIN families f USING (family_id)
LEFT JOIN persons p USING (person_id)
WHERE l.family_id IN (SELECT unnest($ids))
GROUP BY ALL;
