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
DELETE FROM members
WHERE record_id IN (SELECT record_id FROM settled_record);
INSERT INTO members
FROM part.members
SEMI JOIN settled_record USING (record_id);
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
