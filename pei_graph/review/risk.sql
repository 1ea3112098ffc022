-- Whether joining the persons of two records needs four eyes: both are known well, either is sealed,
-- something forbids a pair between them, or the model has nothing at all that speaks for it.
WITH sides AS (
    SELECT l.person_id AS person_l, r.person_id AS person_r
    FROM members l
    CROSS JOIN members r
    WHERE l.record_id = $record_l
        AND l.state = 'accepted'
        AND r.record_id = $record_r
        AND r.state = 'accepted'
        AND l.person_id <> r.person_id
),
between_them AS (
    SELECT
        bool_or(k.veto IS NOT NULL) AS vetoed,
        bool_or(k.state <> 'refused') AS spoken_for
    FROM sides s
    JOIN members l ON l.person_id IN (s.person_l, s.person_r) AND l.state = 'accepted'
    JOIN links k ON k.record_l = l.record_id
    JOIN members r
        ON r.record_id = k.record_r
        AND r.person_id IN (s.person_l, s.person_r)
        AND r.person_id <> l.person_id
        AND r.state = 'accepted'
)
SELECT
    least(l.records, r.records) >= $many AS large,
    coalesce(b.vetoed, false) AS vetoed,
    l.sealed OR r.sealed AS sealed,
    NOT coalesce(b.spoken_for, false) AS unfounded
FROM sides s
JOIN persons l ON l.person_id = s.person_l
JOIN persons r ON r.person_id = s.person_r
CROSS JOIN between_them b
