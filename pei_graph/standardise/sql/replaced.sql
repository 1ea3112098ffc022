-- What is made again takes the place of what the last run said. A record that says what it said stays
-- where it is, with where and when it was told: a row that goes leaves an index, at ten times the cost.
CREATE OR REPLACE TEMP TABLE as_before AS
WITH was AS (
    SELECT record_id, {told} AS digest, hash(first_seen, {bounds}) AS dating
    FROM records
    SEMI JOIN remade USING (record_id)
),
now_is AS (
    SELECT record_id, {told} AS digest, hash(first_seen, {bounds}) AS dating
    FROM working.records
)
SELECT record_id, was.dating = now_is.dating AS dated_so
FROM was
JOIN now_is USING (record_id, digest);
CREATE OR REPLACE TEMP TABLE other_records AS
SELECT record_id
FROM remade
ANTI JOIN as_before USING (record_id);
CREATE OR REPLACE TEMP TABLE was_held AS
SELECT rowid AS place, record_id, scheme, value, valid
FROM identifiers
SEMI JOIN remade USING (record_id);
CREATE OR REPLACE TEMP TABLE held_no_more AS
FROM was_held
ANTI JOIN working.identifiers USING (record_id, scheme, value, valid);
CREATE OR REPLACE TEMP TABLE held_anew AS
FROM working.identifiers
ANTI JOIN was_held USING (record_id, scheme, value, valid);
CREATE OR REPLACE TEMP TABLE was_stated AS
SELECT rowid AS place, record_id, fact_id
FROM facts
SEMI JOIN remade USING (record_id);
CREATE OR REPLACE TEMP TABLE stated_no_more AS
FROM was_stated
ANTI JOIN working.facts USING (fact_id);
CREATE OR REPLACE TEMP TABLE stated_anew AS
FROM working.facts
ANTI JOIN was_stated USING (fact_id);
-- Records that are new or gone, or of which anything else is told than where and when.
CREATE OR REPLACE TEMP TABLE restated AS
SELECT record_id
FROM other_records
UNION
SELECT record_id
FROM as_before
WHERE NOT dated_so
UNION
SELECT record_id
FROM held_no_more
UNION
SELECT record_id
FROM held_anew
UNION
SELECT record_id
FROM stated_no_more
UNION
SELECT record_id
FROM stated_anew;
UPDATE records
SET {moved}
FROM (FROM working.records SEMI JOIN as_before USING (record_id)) AS now_is
WHERE now_is.record_id = records.record_id;
DELETE FROM records
WHERE record_id IN (SELECT record_id FROM other_records);
INSERT INTO records BY NAME
FROM working.records
SEMI JOIN other_records USING (record_id);
DELETE FROM identifiers
WHERE rowid IN (SELECT place FROM held_no_more);
INSERT INTO identifiers BY NAME
FROM held_anew;
DELETE FROM record_rows
WHERE record_id IN (SELECT record_id FROM remade);
INSERT INTO record_rows BY NAME
FROM working.record_rows;
-- The id of a fact tells all that it states: what stays has only moved to another row.
UPDATE facts
SET delivery_id = now_is.delivery_id, row = now_is.row, first_told = now_is.first_told
FROM (
    SELECT was_stated.place, f.delivery_id, f.row, f.first_told
    FROM working.facts AS f
    JOIN was_stated USING (fact_id)
) AS now_is
WHERE now_is.place = facts.rowid;
DELETE FROM facts
WHERE rowid IN (SELECT place FROM stated_no_more);
INSERT INTO facts BY NAME
FROM stated_anew;
DROP TABLE as_before;
DROP TABLE other_records;
DROP TABLE was_held;
DROP TABLE held_no_more;
DROP TABLE held_anew;
DROP TABLE was_stated;
DROP TABLE stated_no_more;
DROP TABLE stated_anew
