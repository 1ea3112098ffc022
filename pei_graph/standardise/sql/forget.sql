-- Whatever the last run said of the records that are made again; `remade` holds which they are.
CREATE OR REPLACE TEMP TABLE remade AS
SELECT record_id FROM working.anew
UNION ALL
SELECT record_id FROM working.extra;
DELETE FROM records
WHERE record_id IN (SELECT record_id FROM remade);
DELETE FROM record_rows
WHERE record_id IN (SELECT record_id FROM remade);
DELETE FROM identifiers
WHERE record_id IN (SELECT record_id FROM remade);
DELETE FROM facts
WHERE record_id IN (SELECT record_id FROM remade)
