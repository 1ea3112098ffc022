-- `one_person` holds the persons that some records are, and `held` all records that are or may be theirs.
-- What an index finds is sifted afterwards: where anything else is asked with it, all is read.
CREATE OR REPLACE TABLE held AS
SELECT person_id, state
FROM run.members
SEMI JOIN {these} USING (record_id);
CREATE OR REPLACE TABLE one_person AS
SELECT DISTINCT person_id
FROM held
WHERE state = 'accepted';
CREATE OR REPLACE TABLE held AS
SELECT record_id, state
FROM run.members
SEMI JOIN one_person USING (person_id)
