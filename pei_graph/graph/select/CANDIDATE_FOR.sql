SELECT
    record_id,
    person_id,
    floor(probability * 1000000)::INTEGER AS probability,
    state,
    round(weakest_link * 1000)::INTEGER AS weakest_link,
    match_key
FROM members
