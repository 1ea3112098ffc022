WITH found AS (
    SELECT *, pack || '/' || criterion AS criterion_id
    FROM findings
    WHERE subject_kind = 'person'
)
SELECT
    subject AS start_id, criterion_id AS end_id,
    subject, criterion_id, state, since, value, evidence, because
FROM found
