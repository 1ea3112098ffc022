-- Families lie in the graph's file in the order of their people. Who has died is not counted.
SELECT
    family_id,
    count(*) FILTER (role <> 'died') AS members,
    count(*) FILTER (role = 'adult') AS adults,
    count(*) FILTER (role = 'child') AS children
FROM families
GROUP BY family_id
ORDER BY family_id
