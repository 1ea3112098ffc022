-- The part as a council of its own; what was learnt of sources stays what the whole council taught.
CREATE TABLE part.records AS
FROM records
SEMI JOIN part_record USING (record_id);
CREATE TABLE part.facts AS
FROM facts
SEMI JOIN part_record USING (record_id);
CREATE TABLE part.addresses AS
FROM addresses
WHERE address_id IN (SELECT address_id FROM part.facts)
    OR address_id IN (SELECT address_id FROM part.records);
CREATE TABLE part.links AS
FROM links
WHERE record_l IN (SELECT record_id FROM part_record WHERE settled)
    AND record_r IN (SELECT record_id FROM part_record WHERE settled);
CREATE TABLE part.comparables AS
SELECT
    row_number() OVER (ORDER BY record_id) AS n,
    * EXCLUDE (n)
FROM comparables
SEMI JOIN part_record USING (record_id);
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
