-- Those near, with what they say, as a council of its own. What linking does not read stays behind.
CREATE TABLE again.records AS
SELECT * EXCLUDE (
    source_key,
    forename_given,
    surname_given,
    address_given,
    ethnicity,
    uprn,
    delivery_id,
    row,
    first_seen,
    last_seen,
    in_latest,
    sealed
)
FROM records
WHERE hash(record_id) IN (SELECT code FROM near);
CREATE TABLE again.identifiers AS
FROM identifiers
WHERE hash(record_id) IN (SELECT code FROM near);
CREATE TABLE again.facts AS
FROM facts
WHERE kind = 'relationship'
    AND type = 'parent'
    AND hash(record_id) IN (SELECT code FROM near);
CREATE TABLE again.addresses AS
FROM addresses
WHERE address_id IN (SELECT address_id FROM again.records)
