-- What is news of people, the newest first; what one source told on one day in facts of one type of one
-- person stands together.
SELECT
    n.first_told,
    n.source,
    n.person_id,
    n.kind,
    n.type,
    n.fact_id,
    n.role,
    n.from_date AS since,
    n.to_date AS until,
    n.value,
    n.total,
    a.line,
    n.other_person_id AS other_id,
    p.forename,
    p.surname
FROM news n
LEFT JOIN addresses a USING (address_id)
LEFT JOIN persons p ON p.person_id = n.other_person_id
WHERE n.person_id IN (SELECT unnest($people))
ORDER BY
    n.first_told DESC, n.source, n.person_id, n.kind, n.type, n.from_date DESC NULLS LAST, n.fact_id;
