-- What a list of search results shows of each person; `possible` counts the records of others that
-- may be theirs, and `elsewhere` their own that may be another's.
WITH wanted AS (
    SELECT unnest($ids) AS person_id
),
theirs AS MATERIALIZED (
    SELECT
        m.person_id,
        m.record_id,
        m.state
    FROM members m
    SEMI JOIN wanted USING (person_id)
),
doubtful AS (
    SELECT DISTINCT m.record_id
    FROM members m
    WHERE m.state = 'possible' AND m.record_id IN (SELECT record_id FROM theirs)
),
held AS (
    SELECT
        t.person_id,
        list(DISTINCT split_part(t.record_id, ':', 1) ORDER BY split_part(t.record_id, ':', 1))
            FILTER (t.state = 'accepted') AS sources,
        count(*) FILTER (t.state = 'possible') AS possible,
        count(d.record_id) FILTER (t.state = 'accepted') AS elsewhere
    FROM theirs t
    LEFT JOIN doubtful d USING (record_id)
    GROUP BY t.person_id
),
lived AS (
    SELECT
        f.person_id,
        any_value(f.family_id) AS family_id
    FROM families f
    SEMI JOIN wanted USING (person_id)
    GROUP BY f.person_id
)
SELECT
    p.person_id,
    p.forename,
    p.surname,
    p.birth_date,
    p.died,
    p.said_died,
    p.adult,
    a.line,
    a.postcode,
    l.family_id,
    h.sources,
    coalesce(h.possible, 0) AS possible,
    coalesce(h.elsewhere, 0) AS elsewhere
FROM persons p
SEMI JOIN wanted USING (person_id)
LEFT JOIN addresses a USING (address_id)
LEFT JOIN lived l ON l.person_id = p.person_id
LEFT JOIN held h ON h.person_id = p.person_id;
