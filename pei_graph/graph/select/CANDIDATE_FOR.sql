WITH possible AS (
    SELECT DISTINCT record_id
    FROM members
    WHERE state = 'possible'
),
now AS (
    SELECT record_id, person_id
    FROM members
    WHERE state = 'accepted' AND record_id IN (FROM possible)
)
SELECT
    m.record_id,
    m.person_id,
    floor(m.probability * 1000000)::INTEGER AS probability,
    m.state,
    round(m.weakest_link * 1000)::INTEGER AS weakest_link,
    m.match_key,
    n.person_id AS now_with
FROM members m
LEFT JOIN now n ON n.record_id = m.record_id AND m.state = 'possible'
