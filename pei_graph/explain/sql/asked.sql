-- The records asked about, as the model compares them.
INSERT INTO asked
SELECT *
FROM comparables
WHERE record_id IN (SELECT unnest($records))
