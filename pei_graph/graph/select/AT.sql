SELECT family_id, address_id, min(from_date) AS from_date, max(to_date) AS to_date
FROM families
GROUP BY family_id, address_id
