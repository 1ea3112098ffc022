SELECT
    subject, pack || '/' || criterion AS criterion_id,
    state, as_of, since, value, evidence, because
FROM findings
WHERE subject_kind = 'family'
