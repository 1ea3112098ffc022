-- The records whose persons are found again as a council of its own. Of what is long only what the
-- stage reads is copied.
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
    first_seen
FROM records
SEMI JOIN settled_record USING (record_id);
CREATE TABLE part.facts AS
SELECT
    record_id,
    address_id,
    source,
    kind,
    from_date,
    to_date
FROM facts
SEMI JOIN settled_record USING (record_id)
WHERE kind = 'address';
CREATE TABLE part.links AS
FROM links
WHERE record_l IN (FROM settled_record)
    AND record_r IN (FROM settled_record);
CREATE TABLE part.record_number AS
SELECT
    row_number() OVER (ORDER BY record_id) AS n,
    record_id
FROM part.records;
CREATE TABLE part.comparables AS
SELECT
    numbered.n,
    compared.* EXCLUDE (n)
FROM part.record_number AS numbered
JOIN (
    FROM comparables
    WHERE record_id IN (FROM settled_record)
) AS compared USING (record_id)
