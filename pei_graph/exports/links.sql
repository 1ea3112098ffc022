SELECT
    md5(k.record_l || '|' || k.record_r)[:12] AS link_id,
    l.source AS system_1, l.source_key AS id_1, l.forename_given AS forename_1,
    l.surname_given AS surname_1, l.birth_date AS date_of_birth_1,
    r.source AS system_2, r.source_key AS id_2, r.forename_given AS forename_2,
    r.surname_given AS surname_2, r.birth_date AS date_of_birth_2,
    round(k.weight, 2) AS score, round(k.probability, 6) AS probability, k.match_key,
    CASE
        WHEN ml.person_id = mr.person_id THEN 'yes'
        WHEN cl.record_id IS NOT NULL OR cr.record_id IS NOT NULL THEN 'possible'
        ELSE 'no'
    END AS "match"
FROM links k
JOIN records l ON l.record_id = k.record_l
JOIN records r ON r.record_id = k.record_r
JOIN members ml ON ml.record_id = k.record_l AND ml.state = 'accepted'
JOIN members mr ON mr.record_id = k.record_r AND mr.state = 'accepted'
JOIN persons pl ON pl.person_id = ml.person_id AND NOT pl.sealed
JOIN persons pr ON pr.person_id = mr.person_id AND NOT pr.sealed
LEFT JOIN members cl
    ON cl.record_id = k.record_l AND cl.person_id = mr.person_id AND cl.state = 'possible'
LEFT JOIN members cr
    ON cr.record_id = k.record_r AND cr.person_id = ml.person_id AND cr.state = 'possible'
ORDER BY k.record_l, k.record_r
