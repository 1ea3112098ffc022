-- What the settled records were found to be takes the place of what they were. What stays as it was is
-- left where it is, and who stays who they are is only weighed anew: a row that goes leaves two indexes.
CREATE OR REPLACE TEMP TABLE other_member AS
WITH was AS (
    SELECT rowid AS place, record_id, person_id, state, hash(m) AS digest
    FROM members AS m
    SEMI JOIN settled_record USING (record_id)
),
now_is AS (
    SELECT record_id, person_id, state, hash(m) AS digest
    FROM part.members AS m
)
SELECT
    record_id,
    person_id,
    was.place,
    now_is.digest IS NOT NULL AS stands,
    coalesce(was.state = 'accepted', false) <> coalesce(now_is.state = 'accepted', false) AS elsewhere
FROM was
FULL JOIN now_is USING (record_id, person_id)
WHERE was.digest IS DISTINCT FROM now_is.digest;
-- A person is another where a record came or went, and tells something else where one of its does.
CREATE OR REPLACE TEMP TABLE person_changed AS
SELECT person_id AS id
FROM other_member
WHERE elsewhere
UNION
SELECT person_id
FROM members
SEMI JOIN retold USING (record_id)
WHERE state = 'accepted'
UNION
SELECT person_id
FROM part.members
SEMI JOIN retold USING (record_id)
WHERE state = 'accepted';
UPDATE members
SET state = now_is.state,
    probability = now_is.probability,
    weakest_link = now_is.weakest_link,
    match_key = now_is.match_key
FROM (
    SELECT m.*, o.place
    FROM part.members m
    JOIN other_member o USING (record_id, person_id)
) AS now_is
WHERE now_is.place = members.rowid;
DELETE FROM members
WHERE rowid IN (SELECT place FROM other_member WHERE NOT stands);
INSERT INTO members
FROM part.members
SEMI JOIN (FROM other_member WHERE place IS NULL) AS o USING (record_id, person_id);
CREATE OR REPLACE TABLE identity_log AS
FROM part.identity_log;
INSERT INTO issues
FROM part.issues
WHERE file = 'judgements'
