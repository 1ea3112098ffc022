SELECT person_id, other_person_id, kind, source, from_date, to_date
FROM relations
