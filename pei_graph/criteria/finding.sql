INSERT INTO findings
WITH homes AS (
    SELECT person_id, min(family_id) AS family_id
    FROM families
    GROUP BY person_id
)
SELECT
    $pack,
    $criterion,
    $area,
    $subject_kind,
    f.subject,
    CASE WHEN $subject_kind = 'family' THEN f.subject ELSE h.family_id END,
    f.state,
    $as_of,
    f.since,
    f.value,
    list_sort(f.evidence),
    replace(
        replace(
            CASE f.state WHEN 'met' THEN $met ELSE $cusp END,
            '{value}',
            CASE
                WHEN f.value = round(f.value) THEN f.value::BIGINT::VARCHAR
                ELSE printf('%.1f', f.value)
            END
        ),
        '{since}',
        coalesce(strftime(f.since, '%d/%m/%Y'), 'an unknown date')
    )
FROM found f
LEFT JOIN homes h ON h.person_id = f.subject
