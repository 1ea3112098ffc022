-- The part whose homes are found again as a council of its own; what was learnt of sources stays what
-- the whole council taught. Of what is long only what the stage reads is copied.
CREATE TABLE part.records AS
SELECT
    record_id,
    source,
    forename,
    forename_given,
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
SEMI JOIN part_record USING (record_id);
CREATE TABLE part.facts AS
SELECT
    record_id,
    other_record_id,
    address_id,
    source,
    kind,
    type,
    from_date,
    to_date
FROM facts
SEMI JOIN part_record USING (record_id);
CREATE TABLE part.addresses AS
FROM addresses
WHERE address_id IN (SELECT address_id FROM part.facts)
    OR address_id IN (SELECT address_id FROM part.records);
CREATE TABLE part.record_number AS
SELECT
    row_number() OVER (ORDER BY record_id) AS n,
    record_id
FROM part.records;
CREATE TABLE part.source_dating AS
FROM source_dating;
CREATE TABLE part.source_staleness AS
FROM source_staleness;
CREATE TABLE part.source_moving AS
FROM source_moving;
CREATE TABLE part.source_thoroughness AS
FROM source_thoroughness;
CREATE TABLE part.source_third_adult AS
FROM source_third_adult
