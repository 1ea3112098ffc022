-- What else is read of the records whose persons are found again.
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
CREATE TABLE part.comparables AS
SELECT
    numbered.n,
    compared.* EXCLUDE (n)
FROM part.record_number AS numbered
JOIN (
    FROM comparables
    WHERE record_id IN (FROM settled_record)
) AS compared USING (record_id)
