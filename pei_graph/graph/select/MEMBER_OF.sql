SELECT person_id, family_id, role, from_date, to_date
FROM families
