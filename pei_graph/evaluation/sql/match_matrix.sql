-- The share of each source's records whose person another source knows too.
WITH held AS (
    SELECT
        person_id,
        source,
        count(*) AS records
    FROM members
    JOIN records USING (record_id)
    WHERE state = 'accepted'
    GROUP BY ALL
),
sizes AS (
    SELECT
        source,
        sum(records) AS records
    FROM held
    GROUP BY source
),
shared AS (
    SELECT
        l.source,
        r.source AS other,
        sum(l.records) FILTER (l.source <> r.source OR l.records > 1) AS shared
    FROM held AS l
    JOIN held AS r USING (person_id)
    GROUP BY ALL
)
SELECT
    source,
    other,
    coalesce(shared, 0) / records AS share
FROM shared
JOIN sizes USING (source)
ORDER BY source, other
