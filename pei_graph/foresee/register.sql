-- The register of ids as it stands after this run, for the copied records alone: whose they are, and
-- what the run's own register remembers of ids that any of them had before persons were joined.
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
remembered AS MATERIALIZED (
    SELECT kind, record_id, id, person_id, family_id, live, housed, number
    FROM read_parquet($register)
    WHERE kind <> 'record'
),
once AS (
    SELECT DISTINCT id
    FROM remembered
    SEMI JOIN copied USING (record_id)
    WHERE kind = 'once'
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
FROM remembered
WHERE kind = 'highest'
    OR id IN (FROM once)
