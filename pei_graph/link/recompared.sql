-- Records whose row of `comparables` may differ from the last run's, and those that are gone.
CREATE OR REPLACE TEMP TABLE recompared AS
SELECT record_id
FROM records
WHERE hash(record_id) IN (SELECT code FROM near)
UNION
SELECT record_id
FROM otherwise
