-- What the records asked about say, in the order of their ids.
SELECT
    record_id,
    source,
    role,
    forename_given,
    surname_given,
    birth_date_given,
    address_given,
    forename,
    middle_names,
    surname,
    forenames,
    surnames,
    birth_date,
    birth_date_quality,
    born_from,
    born_to,
    sex,
    house,
    street,
    postcode
FROM records
WHERE record_id IN (SELECT unnest($records))
ORDER BY record_id
