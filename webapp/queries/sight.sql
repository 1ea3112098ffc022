-- The run's tables behind views: sealed people, records, places and families are hidden unless
-- the variable see_sealed is set.
CREATE TABLE hidden_address AS
SELECT address_id
FROM run.addresses
WHERE sealed AND NOT getvariable('see_sealed');

CREATE TABLE hidden_person AS
SELECT person_id
FROM run.persons
WHERE sealed AND NOT getvariable('see_sealed')
UNION
SELECT m.person_id
FROM run.members m
JOIN run.records r USING (record_id)
WHERE r.sealed AND m.state = 'accepted' AND NOT getvariable('see_sealed');

CREATE TABLE hidden_record AS
SELECT record_id
FROM run.records
WHERE sealed AND NOT getvariable('see_sealed')
UNION
SELECT record_id
FROM run.members
WHERE state = 'accepted' AND person_id IN (SELECT person_id FROM hidden_person);

CREATE TABLE hidden_family AS
SELECT DISTINCT family_id
FROM run.families
WHERE person_id IN (SELECT person_id FROM hidden_person)
    OR address_id IN (SELECT address_id FROM hidden_address);

CREATE VIEW addresses AS
SELECT *
FROM run.addresses
WHERE address_id NOT IN (SELECT address_id FROM hidden_address);

CREATE VIEW persons AS
SELECT *
FROM run.persons
WHERE person_id NOT IN (SELECT person_id FROM hidden_person);

CREATE VIEW records AS
SELECT *
FROM run.records
ANTI JOIN hidden_record USING (record_id);

CREATE VIEW members AS
SELECT *
FROM run.members
ANTI JOIN hidden_record USING (record_id)
ANTI JOIN hidden_person USING (person_id);

CREATE VIEW links AS
SELECT k.*
FROM run.links k
ANTI JOIN hidden_record l ON l.record_id = k.record_l
ANTI JOIN hidden_record r ON r.record_id = k.record_r;

CREATE VIEW applied AS
SELECT a.*
FROM run.applied a
ANTI JOIN hidden_record l ON l.record_id = a.record_l
ANTI JOIN hidden_record r ON r.record_id = a.record_r;

CREATE VIEW facts AS
SELECT *
FROM run.facts
WHERE record_id NOT IN (SELECT record_id FROM hidden_record);

CREATE VIEW identifiers AS
SELECT *
FROM run.identifiers
ANTI JOIN hidden_record USING (record_id);

CREATE VIEW families AS
SELECT *
FROM run.families
WHERE family_id NOT IN (SELECT family_id FROM hidden_family);

CREATE VIEW family_areas AS
SELECT *
FROM run.family_areas
WHERE family_id NOT IN (SELECT family_id FROM hidden_family);

CREATE VIEW priorities AS
SELECT *
FROM run.priorities
WHERE family_id NOT IN (SELECT family_id FROM hidden_family);

-- What is news, worded: little of much, so it is looked up once.
CREATE TABLE news AS
SELECT n.*, a.line, p.forename, p.surname
FROM run.news n
SEMI JOIN persons w ON w.person_id = n.person_id
LEFT JOIN addresses a USING (address_id)
LEFT JOIN persons p ON p.person_id = n.other_person_id
WHERE n.record_id NOT IN (SELECT record_id FROM hidden_record)
    AND (n.other_record_id IS NULL OR p.person_id IS NOT NULL)
    AND (n.address_id IS NULL OR a.address_id IS NOT NULL)
ORDER BY n.person_id;

CREATE TABLE family_list AS
WITH households AS (
    SELECT
        family_id,
        any_value(address_id) AS address_id,
        count(*) FILTER (role = 'adult') AS adults,
        count(*) FILTER (role = 'child') AS children,
        count(*) FILTER (role = 'unknown') AS others,
        min(from_date) FILTER (role <> 'died') AS since
    FROM families
    GROUP BY family_id
),
points AS (
    SELECT family_id, sum(points)::INTEGER AS points
    FROM priorities
    GROUP BY family_id
),
areas AS (
    SELECT
        family_id,
        count(*) FILTER (state = 'met') AS met,
        count(*) FILTER (state = 'cusp') AS cusp
    FROM family_areas
    GROUP BY family_id
),
told AS (
    SELECT f.family_id, count(*) AS news
    FROM news n
    JOIN families f USING (person_id)
    GROUP BY f.family_id
)
SELECT
    h.*,
    coalesce(p.points, 0) AS points,
    coalesce(a.met, 0) AS met,
    coalesce(a.cusp, 0) AS cusp,
    coalesce(t.news, 0) AS news
FROM households h
LEFT JOIN points p USING (family_id)
LEFT JOIN areas a USING (family_id)
LEFT JOIN told t USING (family_id);

-- Families with an area in a state: of any area where none is wanted, in any state where that is; no
-- state means met or on the cusp. Where news is wanted, only those of whom there is any. Where a number
-- of areas is wanted, those that meet as many, or that nearly do: with the areas on the cusp, and not yet.
CREATE MACRO families_with(wanted_area, wanted_state, wanted_news, wanted_met, wanted_nearly) AS TABLE (
    SELECT l.family_id
    FROM family_list l
    LEFT JOIN family_areas a ON a.family_id = l.family_id AND wanted_area IN ('', a.area)
    WHERE (l.news > 0 OR NOT wanted_news)
        AND l.met + CASE WHEN wanted_nearly THEN l.cusp ELSE 0 END >= wanted_met
        AND (l.met < wanted_met OR NOT wanted_nearly)
        AND (
            wanted_state IN ('any', coalesce(a.state, 'no_data'))
            OR (wanted_state = '' AND a.state IN ('met', 'cusp'))
        )
    GROUP BY l.family_id
);
