-- Of each source's records: how many share a person with another source, how many say too little.
WITH accepted AS (
    SELECT
        record_id,
        person_id,
        source
    FROM members
    JOIN records USING (record_id)
    WHERE state = 'accepted'
),
known AS (
    SELECT
        person_id,
        count(DISTINCT source) AS sources
    FROM accepted
    GROUP BY person_id
),
linked AS (
    SELECT
        source,
        count(*) AS records,
        count(*) FILTER (sources > 1) AS linked
    FROM accepted
    JOIN known USING (person_id)
    GROUP BY source
),
poor AS (
    SELECT
        source,
        count(*) FILTER (NOT coalesce(linkable, false)) AS unlinkable
    FROM alone
    GROUP BY source
)
SELECT
    source,
    records,
    linked,
    coalesce(unlinkable, 0) AS unlinkable
FROM linked
LEFT JOIN poor USING (source)
ORDER BY source
