CREATE OR REPLACE TEMP TABLE compared AS
SELECT
    s.person AS item,
    coalesce('family ' || t.family, 'alone ' || s.person) AS truth,
    coalesce('family ' || f.family_id, 'alone ' || s.person_id) AS found
FROM stands_for s
LEFT JOIN true_families t ON t.person = s.person
LEFT JOIN families f ON f.person_id = s.person_id
