-- Whom the records asked about belong to, or may.
SELECT
    record_id,
    person_id,
    state,
    probability,
    weakest_link,
    match_key
FROM members
WHERE record_id IN (SELECT unnest($records))
ORDER BY state, probability DESC NULLS LAST, record_id, person_id
