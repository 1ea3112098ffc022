-- The tables that resolving reads, of the touched records, their persons' kin, and those who live or
-- lived where any of them do: a home's family depends on everybody in it, and kin draw one another.
-- These others stay the persons they are.
CREATE TABLE bystander AS
WITH person AS (
    SELECT DISTINCT m.person_id
    FROM run.members m
    SEMI JOIN touched USING (record_id)
    WHERE m.state = 'accepted'
),
numbered AS (
    SELECT r.case_family
    FROM run.records r
    JOIN run.members m ON m.record_id = r.record_id AND m.state = 'accepted'
    SEMI JOIN person ON person.person_id = m.person_id
),
kin AS (
    SELECT person_id
    FROM person
    UNION
    SELECT r.other_person_id
    FROM run.relations r
    SEMI JOIN person USING (person_id)
    UNION
    SELECT r.person_id
    FROM run.relations r
    SEMI JOIN person ON person.person_id = r.other_person_id
    UNION
    SELECT m.person_id
    FROM run.members m
    JOIN run.records r ON r.record_id = m.record_id
    SEMI JOIN numbered ON numbered.case_family = r.case_family
    WHERE m.state = 'accepted'
),
theirs AS (
    SELECT m.record_id
    FROM run.members m
    SEMI JOIN kin USING (person_id)
    WHERE m.state = 'accepted'
),
place AS (
    SELECT DISTINCT f.address_id
    FROM run.facts f
    SEMI JOIN theirs USING (record_id)
    WHERE f.address_id IS NOT NULL
    UNION
    SELECT r.address_id
    FROM run.records r
    SEMI JOIN theirs USING (record_id)
    WHERE r.address_id IS NOT NULL
),
home AS (
    SELECT a.address_id
    FROM run.addresses a
    SEMI JOIN place USING (address_id)
    WHERE a.kind = 'dwelling'
),
resident AS (
    SELECT r.person_id
    FROM run.residences r
    SEMI JOIN home USING (address_id)
    UNION
    SELECT person_id
    FROM kin
)
SELECT m.record_id, m.person_id
FROM run.members m
SEMI JOIN resident USING (person_id)
ANTI JOIN touched USING (record_id)
ANTI JOIN hidden USING (record_id)
WHERE m.state = 'accepted';
CREATE TABLE copied AS
SELECT record_id
FROM touched
UNION
SELECT record_id
FROM bystander;
CREATE TABLE records AS
SELECT *
FROM run.records
SEMI JOIN copied USING (record_id);
CREATE TABLE facts AS
SELECT *
FROM run.facts
SEMI JOIN copied USING (record_id);
CREATE TABLE addresses AS
SELECT *
FROM run.addresses
WHERE address_id IN (SELECT address_id FROM records)
    OR address_id IN (SELECT address_id FROM facts);
CREATE TABLE links AS
SELECT k.*
FROM run.links k
SEMI JOIN touched l ON l.record_id = k.record_l
SEMI JOIN touched r ON r.record_id = k.record_r;
CREATE TABLE comparables AS
SELECT * REPLACE (row_number() OVER (ORDER BY record_id) AS n)
FROM run.comparables
SEMI JOIN copied USING (record_id);
CREATE TABLE issues AS
SELECT *
FROM run.issues
LIMIT 0
