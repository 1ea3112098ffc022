SELECT person_id, address_id, from_date, to_date, current, sources
FROM residences
