-- What else is read of the records whose persons are found again.
CREATE TABLE part.facts AS
SELECT
    record_id,
    address_id,
    source,
    kind,
    type,
    from_date,
    to_date
FROM facts
SEMI JOIN settled_record USING (record_id)
WHERE kind = 'address';
CREATE TABLE part.links AS
FROM links
WHERE record_l IN (FROM settled_record)
    AND record_r IN (FROM settled_record);
-- A row of `comparables` is wide: what vetoes do not read stays behind.
CREATE TABLE part.comparables AS
WITH compared AS (
    SELECT {read_by_vetoes}
    FROM comparables
)
SELECT
    numbered.n,
    compared.* EXCLUDE (n)
FROM part.record_number AS numbered
JOIN compared USING (record_id)
