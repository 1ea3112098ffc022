-- Nobody who has died by the day looked at meets a criterion, whatever its question finds: a question
-- about a loss is asked of the family.
INSERT INTO findings
WITH homes AS (
    SELECT person_id, min(family_id) AS family_id
    FROM families
    SEMI JOIN found ON found.subject = families.person_id
    GROUP BY person_id
)
SELECT
    $pack,
    f.criterion,
    a.area,
    a.subject_kind,
    f.subject,
    CASE WHEN a.subject_kind = 'family' THEN f.subject ELSE h.family_id END,
    f.state,
    f.since,
    f.value,
    list_sort(f.evidence),
    replace(
        replace(
            CASE f.state WHEN 'met' THEN a.met ELSE a.cusp END,
            '{value}',
            CASE
                WHEN f.value = round(f.value) THEN f.value::BIGINT::VARCHAR
                -- Cut, not rounded: 89.96 is below 90, and says so.
                ELSE printf('%.1f', floor(f.value * 10 + 0.000001) / 10)
            END
        ),
        '{since}',
        coalesce(strftime(f.since, '%d/%m/%Y'), 'an unknown date')
    )
FROM found f
JOIN asked a USING (criterion)
LEFT JOIN homes h ON h.person_id = f.subject
ANTI JOIN (SELECT person_id FROM persons WHERE died IS NOT NULL) AS dead ON dead.person_id = f.subject
