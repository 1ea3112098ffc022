-- What is news of people, the newest first; what one source told on one day in facts of one type of one
-- person stands together.
SELECT
    first_told,
    source,
    person_id,
    kind,
    type,
    fact_id,
    role,
    from_date AS since,
    to_date AS until,
    value,
    total,
    line,
    other_person_id AS other_id,
    forename,
    surname
FROM news
WHERE person_id IN (SELECT unnest($people))
ORDER BY
    first_told DESC, source, person_id, kind, type, from_date DESC NULLS LAST, fact_id;
