-- A family is where those of it live who live.
SELECT family_id, address_id, min(from_date) AS from_date, max(to_date) AS to_date
FROM families
WHERE role <> 'died'
GROUP BY family_id, address_id
