-- The records asked about, as the model compares them.
CREATE OR REPLACE TEMP TABLE asked AS
SELECT *
FROM comparables
WHERE record_id IN (SELECT unnest($records))
