-- The true persons whom the run has. Two whom it took for one person live with nobody where that one
-- is of no family.
CREATE OR REPLACE TEMP TABLE compared AS
SELECT
    s.person AS item,
    coalesce('family ' || t.family, 'alone ' || s.person) AS truth,
    coalesce('family ' || f.family_id, 'alone ' || s.person) AS found
FROM stands_for s
LEFT JOIN true_families t ON t.person = s.person
LEFT JOIN families f ON f.person_id = s.person_id
