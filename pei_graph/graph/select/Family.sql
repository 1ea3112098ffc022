SELECT
    family_id,
    count(*) AS members,
    count(*) FILTER (role = 'adult') AS adults,
    count(*) FILTER (role = 'child') AS children
FROM families
GROUP BY family_id
