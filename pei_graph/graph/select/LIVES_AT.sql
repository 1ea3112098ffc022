SELECT
    person_id, address_id, from_date, to_date, current, placed,
    array_to_string(sources, chr(10)) AS sources
FROM residences
