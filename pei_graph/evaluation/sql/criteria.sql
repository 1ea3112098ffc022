WITH subject AS (
    SELECT c.area, f.person
    FROM true_criteria c
    JOIN true_families f ON f.family = c.subject
    WHERE c.subject_kind = 'family'
        AND c.state = 'met'
    UNION
    SELECT c.area, f.person
    FROM true_criteria c
    JOIN true_families own ON own.person = c.subject
    JOIN true_families f ON f.family = own.family
    WHERE c.subject_kind = 'person'
        AND c.state = 'met'
),
truly AS (
    SELECT area, person
    FROM subject
    JOIN stands_for USING (person)
),
held AS (
    SELECT DISTINCT a.area, s.person
    FROM family_areas a
    JOIN families f ON f.family_id = a.family_id
    JOIN stands_for s ON s.person_id = f.person_id
    JOIN true_families t ON t.person = s.person
    WHERE a.state = 'met'
)
SELECT
    (SELECT count(*) FROM truly JOIN held USING (area, person)),
    (SELECT count(*) FROM held),
    (SELECT count(*) FROM truly)
