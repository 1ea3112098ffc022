-- What else is read of the part whose homes are found again; what was learnt of sources stays what the
-- whole council taught.
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
