-- What a list of search results shows of each person.
SELECT
    p.person_id,
    p.forename,
    p.surname,
    p.birth_date,
    p.adult,
    a.line,
    a.postcode,
    any_value(f.family_id) AS family_id,
    list(DISTINCT r.source ORDER BY r.source) FILTER (r.source IS NOT NULL) AS sources
FROM persons p
LEFT JOIN addresses a USING (address_id)
LEFT JOIN families f USING (person_id)
LEFT JOIN members m ON m.person_id = p.person_id AND m.state = 'accepted'
LEFT JOIN records r ON r.record_id = m.record_id
WHERE p.person_id IN (SELECT unnest($ids))
GROUP BY ALL;
