-- Judged pairs with how many each stands for, and whether each of two models holds it together.
SELECT
    stratum,
    same,
    times,
    coalesce(al.person_id = ar.person_id, false) AS first,
    coalesce(bl.person_id = br.person_id, false) AS second
FROM weighed
LEFT JOIN first.members AS al ON al.record_id = record_l AND al.state = 'accepted'
LEFT JOIN first.members AS ar ON ar.record_id = record_r AND ar.state = 'accepted'
LEFT JOIN second.members AS bl ON bl.record_id = record_l AND bl.state = 'accepted'
LEFT JOIN second.members AS br ON br.record_id = record_r AND br.state = 'accepted'
ORDER BY stratum, record_l, record_r
