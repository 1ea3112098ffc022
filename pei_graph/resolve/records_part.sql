-- Some records as a council of their own. Of what is long only what the stage reads is copied.
CREATE TABLE part.records AS
SELECT
    record_id,
    source,
    forename,
    forename_given,
    birth_order,
    surname,
    surname_given,
    birth_date,
    birth_date_quality,
    born_from,
    born_to,
    sex,
    sealed,
    address_id,
    case_family,
    first_seen
FROM records
SEMI JOIN {whose} USING (record_id);
CREATE TABLE part.record_number AS
SELECT
    row_number() OVER (ORDER BY record_id) AS n,
    record_id
FROM part.records
