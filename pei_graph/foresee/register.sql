-- The register of ids as it would stand after this run, for the copied records alone.
WITH held AS MATERIALIZED (
    SELECT record_id, person_id, state
    FROM run.members
    SEMI JOIN copied USING (record_id)
),
housed AS (
    SELECT DISTINCT person_id, family_id
    FROM run.families
    SEMI JOIN held USING (person_id)
),
highest AS (
    SELECT 'P' AS id, max(substr(person_id, 3)::BIGINT) AS number
    FROM run.persons
    UNION ALL
    SELECT 'F' AS id, max(substr(family_id, 3)::BIGINT) AS number
    FROM run.families
)
SELECT
    'record' AS kind,
    m.record_id,
    NULL AS id,
    m.person_id,
    h.family_id,
    true AS live,
    h.family_id IS NOT NULL AS housed,
    NULL::BIGINT AS number
FROM held m
LEFT JOIN housed h USING (person_id)
WHERE m.state = 'accepted'
UNION ALL
SELECT 'highest' AS kind, NULL, id, NULL, NULL, NULL, NULL, number
FROM highest
WHERE number IS NOT NULL
