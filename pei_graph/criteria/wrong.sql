WITH subjects AS (
    SELECT person_id AS subject
    FROM persons
    WHERE $subject_kind = 'person'
    UNION
    SELECT family_id
    FROM families
    WHERE $subject_kind = 'family'
)
SELECT
    count(*) FILTER (s.subject IS NULL) AS unknown_subjects,
    count(*) FILTER (f.state IS NULL OR NOT list_contains($states, f.state)) AS unknown_states,
    count(*) FILTER (coalesce(len(f.evidence), 0) = 0) AS rows_without_evidence,
    count(*) - count(DISTINCT f.subject) AS subjects_found_twice
FROM found f
LEFT JOIN subjects s USING (subject)
