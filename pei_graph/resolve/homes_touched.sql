-- Whose homes take the place of what they were: of those who changed, and of those around who are at home
-- where the part is. They may have come or gone with it.
CREATE OR REPLACE TEMP TABLE person_touched AS
FROM person_changed
UNION
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
);
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
SEMI JOIN place_touched USING (address_id)
