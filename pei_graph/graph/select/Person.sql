-- A family's nodes lie together in the graph's file, so that a page reads few parts of it.
SELECT
    p.person_id, p.forename, p.surname, p.birth_date, p.died, p.said_died, p.sex, p.adult,
    p.records::BIGINT AS records, array_to_string(p.sources, chr(10)) AS sources, p.sealed,
    f.family_id, r.address_id AS home_id, coalesce(r.placed, false) AS placed
FROM persons p
LEFT JOIN families f ON f.person_id = p.person_id
LEFT JOIN residences r ON r.person_id = p.person_id AND r.current
ORDER BY f.family_id
