SELECT
    p.person_id, p.forename, p.surname, p.birth_date, p.died, p.said_died, p.sex, p.adult,
    f.family_id, a.line AS address, a.postcode, a.uprn,
    p.records, len(p.sources) AS sources,
    string_agg(m.record_id, '; ' ORDER BY m.record_id) AS record_ids
FROM persons p
JOIN members m ON m.person_id = p.person_id AND m.state = 'accepted'
LEFT JOIN families f
    ON f.person_id = p.person_id
    AND f.family_id NOT IN (SELECT family_id FROM hidden_family)
LEFT JOIN addresses a ON a.address_id = p.address_id AND NOT a.sealed
WHERE NOT p.sealed
GROUP BY ALL
ORDER BY p.person_id
