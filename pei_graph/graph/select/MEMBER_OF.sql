SELECT f.person_id, f.family_id, f.role, f.from_date, f.to_date, p.sealed
FROM families f
JOIN persons p USING (person_id)
