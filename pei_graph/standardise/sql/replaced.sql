-- What is made again takes the place of what the last run said. A record that says what it said stays
-- where it is, with where and when it was told: a row that goes leaves an index, at ten times the cost.
CREATE OR REPLACE TEMP TABLE as_before AS
WITH was AS (
    SELECT record_id, {told} AS digest
    FROM records
    SEMI JOIN remade USING (record_id)
),
now_is AS (
    SELECT record_id, {told} AS digest
    FROM working.records
)
SELECT record_id
FROM was
JOIN now_is USING (record_id, digest);
UPDATE records
SET {moved}
FROM (FROM working.records SEMI JOIN as_before USING (record_id)) AS now_is
WHERE now_is.record_id = records.record_id;
DELETE FROM records
WHERE record_id IN (SELECT record_id FROM remade ANTI JOIN as_before USING (record_id));
INSERT INTO records BY NAME
FROM working.records
ANTI JOIN as_before USING (record_id);
DELETE FROM identifiers
WHERE rowid IN (
    SELECT i.rowid
    FROM identifiers AS i
    SEMI JOIN remade USING (record_id)
    ANTI JOIN working.identifiers AS n USING (record_id, scheme, value, valid)
);
INSERT INTO identifiers BY NAME
FROM working.identifiers
ANTI JOIN (FROM identifiers SEMI JOIN remade USING (record_id)) AS i USING (record_id, scheme, value);
DELETE FROM record_rows
WHERE record_id IN (SELECT record_id FROM remade);
INSERT INTO record_rows BY NAME
FROM working.record_rows;
DELETE FROM facts
WHERE record_id IN (SELECT record_id FROM remade);
INSERT INTO facts BY NAME
FROM working.facts;
DROP TABLE as_before
