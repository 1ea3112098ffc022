-- The records that belong to a person, or may.
SELECT
    record_id,
    person_id,
    state,
    probability,
    weakest_link,
    match_key
FROM members
WHERE person_id = $person
ORDER BY state, weakest_link DESC NULLS FIRST, record_id
