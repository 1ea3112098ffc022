-- Families lie in the graph's file in the order of their people.
SELECT
    family_id,
    count(*) AS members,
    count(*) FILTER (role = 'adult') AS adults,
    count(*) FILTER (role = 'child') AS children
FROM families
GROUP BY family_id
ORDER BY family_id
