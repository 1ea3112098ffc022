-- By whose names and another source: how many distinct names stand there mostly in the same field,
-- and how many mostly in the other one.
WITH borne AS (
    SELECT names, source, forename AS name, 1 AS field
    FROM drawn
    WHERE length(forename) > 1
    UNION ALL
    SELECT names, source, surname AS name, -1 AS field
    FROM drawn
    WHERE length(surname) > 1
),
told AS (
    SELECT names AS told, source, name, sign(sum(field)) AS field
    FROM borne
    WHERE names IS NOT NULL
    GROUP BY names, source, name
    HAVING sum(field) <> 0
),
known AS (
    SELECT source AS other, name, sign(sum(field)) AS field
    FROM borne
    GROUP BY source, name
    HAVING sum(field) <> 0
)
SELECT
    told,
    other,
    count(*) FILTER (told.field = known.field) AS as_told,
    count(*) FILTER (told.field <> known.field) AS exchanged
FROM told
JOIN known USING (name)
WHERE other <> source
GROUP BY told, other
ORDER BY told, other
