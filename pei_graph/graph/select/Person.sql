SELECT
    person_id, forename, surname, birth_date, sex, adult,
    records::BIGINT AS records, sources::BIGINT AS sources, sealed
FROM persons
