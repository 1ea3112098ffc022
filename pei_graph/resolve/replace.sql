-- What a part was settled to takes the place of what its persons, homes and families were. Of those
-- around, who is at home where the part is: they may have come or gone with it.
CREATE OR REPLACE TEMP TABLE settled_record AS
SELECT record_id
FROM part_record
WHERE settled;
CREATE OR REPLACE TEMP TABLE person_touched AS
WITH moved_around AS (
    SELECT person_id
    FROM around
    WHERE person_id IN (
        SELECT person_id
        FROM persons
        SEMI JOIN part_address USING (address_id)
        UNION
        SELECT person_id
        FROM part.persons
        SEMI JOIN part_address USING (address_id)
    )
)
SELECT person_id AS id
FROM members
SEMI JOIN settled_record USING (record_id)
WHERE state = 'accepted'
UNION
SELECT person_id
FROM part.members
SEMI JOIN settled_record USING (record_id)
WHERE state = 'accepted'
UNION
SELECT person_id
FROM moved_around;
CREATE OR REPLACE TEMP TABLE place_touched AS
SELECT address_id
FROM persons
WHERE person_id IN (SELECT id FROM person_touched) AND address_id IS NOT NULL
UNION
SELECT address_id
FROM part.persons
WHERE person_id IN (SELECT id FROM person_touched) AND address_id IS NOT NULL;
CREATE OR REPLACE TEMP TABLE family_touched AS
SELECT family_id AS id
FROM families
SEMI JOIN place_touched USING (address_id)
UNION
SELECT family_id
FROM part.families
SEMI JOIN place_touched USING (address_id);
-- What stays as it was is left where it is: a row that goes leaves two indexes.
CREATE OR REPLACE TEMP TABLE other_member AS
WITH was AS (
    SELECT rowid AS place, record_id, person_id, hash(m) AS digest
    FROM members AS m
    SEMI JOIN settled_record USING (record_id)
),
now_is AS (
    SELECT record_id, person_id, hash(m) AS digest
    FROM part.members AS m
    SEMI JOIN settled_record USING (record_id)
)
SELECT record_id, person_id, was.place, now_is.digest IS NOT NULL AS stands
FROM was
FULL JOIN now_is USING (record_id, person_id)
WHERE was.digest IS DISTINCT FROM now_is.digest;
DELETE FROM members
WHERE rowid IN (SELECT place FROM other_member);
INSERT INTO members
FROM part.members
SEMI JOIN (FROM other_member WHERE stands) AS o USING (record_id, person_id);
DELETE FROM persons
WHERE person_id IN (SELECT id FROM person_touched);
INSERT INTO persons
FROM part.persons
WHERE person_id IN (SELECT id FROM person_touched);
DELETE FROM residences
WHERE person_id IN (SELECT id FROM person_touched);
INSERT INTO residences
FROM part.residences
WHERE person_id IN (SELECT id FROM person_touched);
DELETE FROM families
WHERE address_id IN (SELECT address_id FROM place_touched);
INSERT INTO families
FROM part.families
WHERE address_id IN (SELECT address_id FROM place_touched);
DELETE FROM relations
WHERE person_id IN (SELECT id FROM person_touched)
    OR other_person_id IN (SELECT id FROM person_touched);
INSERT INTO relations
FROM part.relations
WHERE person_id IN (SELECT id FROM person_touched)
    OR other_person_id IN (SELECT id FROM person_touched);
CREATE OR REPLACE TABLE identity_log AS
FROM part.identity_log;
CREATE OR REPLACE TABLE heirs AS
FROM part.heirs;
DELETE FROM issues
WHERE file = 'judgements' OR rule = 'overfull_dwelling';
INSERT INTO issues
FROM part.issues
WHERE file = 'judgements'
