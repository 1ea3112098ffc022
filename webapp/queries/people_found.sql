-- What a list of search results shows of each person; `possible` counts the records of others that
-- may be theirs, and `elsewhere` their own that may be another's.
WITH doubtful AS (
    SELECT
        candidate.record_id,
        candidate.person_id AS may_be,
        held.person_id AS now_with
    FROM members candidate
    JOIN members held USING (record_id)
    WHERE candidate.state = 'possible' AND held.state = 'accepted'
),
doubts AS (
    SELECT
        p.person_id,
        count(DISTINCT d.record_id) FILTER (d.may_be = p.person_id) AS possible,
        count(DISTINCT d.record_id) FILTER (d.now_with = p.person_id) AS elsewhere
    FROM persons p
    JOIN doubtful d ON p.person_id IN (d.may_be, d.now_with)
    WHERE p.person_id IN (SELECT unnest($ids))
    GROUP BY p.person_id
)
SELECT
    p.person_id,
    p.forename,
    p.surname,
    p.birth_date,
    p.adult,
    a.line,
    a.postcode,
    any_value(f.family_id) AS family_id,
    list(DISTINCT r.source ORDER BY r.source) FILTER (r.source IS NOT NULL) AS sources,
    coalesce(any_value(d.possible), 0) AS possible,
    coalesce(any_value(d.elsewhere), 0) AS elsewhere
FROM persons p
LEFT JOIN addresses a USING (address_id)
LEFT JOIN families f USING (person_id)
LEFT JOIN members m ON m.person_id = p.person_id AND m.state = 'accepted'
LEFT JOIN records r ON r.record_id = m.record_id
LEFT JOIN doubts d ON d.person_id = p.person_id
WHERE p.person_id IN (SELECT unnest($ids))
GROUP BY ALL;
