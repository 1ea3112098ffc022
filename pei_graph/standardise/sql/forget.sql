-- Whatever the last run said of the records that are made again.
DELETE FROM records
WHERE record_id IN (SELECT record_id FROM remade);
DELETE FROM record_rows
WHERE record_id IN (SELECT record_id FROM remade);
DELETE FROM identifiers
WHERE record_id IN (SELECT record_id FROM remade);
DELETE FROM facts
WHERE record_id IN (SELECT record_id FROM remade)
