WITH subjects AS (
    SELECT 'person' AS subject_kind, person_id AS subject
    FROM persons
    UNION ALL
    SELECT DISTINCT 'family', family_id
    FROM families
),
counted AS (
    SELECT
        f.criterion,
        count(*) FILTER (s.subject IS NULL) AS unknown_subjects,
        count(*) FILTER (f.state IS NULL OR NOT list_contains(a.states, f.state)) AS unknown_states,
        count(*) FILTER (coalesce(len(f.evidence), 0) = 0) AS rows_without_evidence,
        count(*) - count(DISTINCT f.subject) AS subjects_found_twice
    FROM found f
    JOIN asked a USING (criterion)
    LEFT JOIN subjects s ON s.subject = f.subject AND s.subject_kind = a.subject_kind
    GROUP BY f.criterion
)
SELECT criterion, unknown_subjects, unknown_states, rows_without_evidence, subjects_found_twice
FROM counted
WHERE unknown_subjects + unknown_states + rows_without_evidence + subjects_found_twice > 0
ORDER BY criterion
LIMIT 1
