-- The part of the council that is settled again, and the persons who stand around it: those whose home
-- is, or who lived at two of, the addresses that the part gives; those related to it; and those of
-- families that it remembers.
CREATE OR REPLACE TEMP TABLE concerned AS
SELECT DISTINCT person_id
FROM members
SEMI JOIN part_record USING (record_id)
WHERE state = 'accepted';
CREATE OR REPLACE TEMP TABLE beside AS
WITH related AS (
    SELECT other_record_id AS record_id
    FROM facts
    SEMI JOIN part_record USING (record_id)
    WHERE kind = 'relationship'
    UNION
    SELECT f.record_id
    FROM facts f
    SEMI JOIN part_record p ON p.record_id = f.other_record_id
    WHERE f.kind = 'relationship'
),
remembered AS (
    SELECT DISTINCT family_id
    FROM last_register
    SEMI JOIN part_record USING (record_id)
    WHERE kind = 'record' AND family_id IS NOT NULL
),
persons_beside AS (
    SELECT person_id
    FROM persons
    SEMI JOIN part_address USING (address_id)
    UNION
    SELECT person_id
    FROM residences
    SEMI JOIN part_address USING (address_id)
    GROUP BY person_id
    HAVING count(*) > 1
    UNION
    SELECT person_id
    FROM families
    SEMI JOIN remembered USING (family_id)
    UNION
    SELECT m.person_id
    FROM members m
    SEMI JOIN related USING (record_id)
    WHERE m.state = 'accepted'
)
SELECT person_id
FROM persons_beside
ANTI JOIN concerned USING (person_id);
CREATE OR REPLACE TEMP TABLE around AS
SELECT record_id, person_id
FROM members
SEMI JOIN beside USING (person_id)
WHERE state = 'accepted';
INSERT INTO part_record
SELECT record_id, false AS settled
FROM around
