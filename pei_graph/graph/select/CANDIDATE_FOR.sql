SELECT record_id, person_id, probability, state, weakest_link, match_key
FROM members
