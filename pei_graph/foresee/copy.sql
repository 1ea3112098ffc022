-- The tables that resolving reads, of the touched records, their persons' kin, and those who live or
-- lived where any of them do: a home's family depends on everybody in it, and kin draw one another.
-- These others stay the persons they are; `one_person` holds whom the touched records are, and `held`
-- their records. One step after another, and what an index finds is sifted afterwards: where anything
-- else is asked with it, all is read.
CREATE TABLE numbered AS
SELECT DISTINCT r.case_family
FROM run.records r
SEMI JOIN (FROM held WHERE state = 'accepted') AS theirs USING (record_id);
CREATE TABLE counted AS
SELECT r.record_id
FROM run.records r
SEMI JOIN numbered USING (case_family);
CREATE OR REPLACE TABLE held AS
SELECT person_id, state
FROM run.members
SEMI JOIN counted USING (record_id);
CREATE TABLE kindred AS
SELECT person_id
FROM one_person
UNION
SELECT r.other_person_id
FROM run.relations r
SEMI JOIN one_person USING (person_id)
UNION
SELECT r.person_id
FROM run.relations r
SEMI JOIN one_person ON one_person.person_id = r.other_person_id
UNION
SELECT person_id
FROM held
WHERE state = 'accepted';
CREATE TABLE told_home AS
WITH place AS (
    SELECT DISTINCT r.address_id
    FROM run.residences r
    SEMI JOIN kindred USING (person_id)
    WHERE len(r.sources) > 0 OR r.current
)
SELECT a.address_id
FROM run.addresses a
SEMI JOIN place USING (address_id)
WHERE a.kind IN ('dwelling', 'block');
CREATE TABLE around_them AS
SELECT r.person_id
FROM run.residences r
SEMI JOIN told_home USING (address_id)
UNION
SELECT person_id
FROM kindred;
CREATE OR REPLACE TABLE held AS
SELECT record_id, person_id, state
FROM run.members
SEMI JOIN around_them USING (person_id);
CREATE TABLE bystander AS
SELECT record_id, person_id
FROM held
ANTI JOIN touched USING (record_id)
ANTI JOIN hidden USING (record_id)
WHERE state = 'accepted';
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
CREATE TABLE said_place AS
SELECT address_id
FROM records
UNION
SELECT address_id
FROM facts;
CREATE TABLE addresses AS
SELECT *
FROM run.addresses
SEMI JOIN said_place USING (address_id);
CREATE OR REPLACE TABLE led AS
SELECT k.*
FROM run.links k
SEMI JOIN touched ON touched.record_id = k.record_l;
CREATE TABLE links AS
SELECT *
FROM led
SEMI JOIN touched ON touched.record_id = led.record_r;
CREATE TABLE described AS
SELECT *
FROM run.comparables
SEMI JOIN copied USING (record_id);
CREATE TABLE comparables AS
SELECT * REPLACE (row_number() OVER (ORDER BY record_id) AS n)
FROM described;
CREATE TABLE issues AS
SELECT *
FROM run.issues
LIMIT 0;
DROP TABLE held;
DROP TABLE one_person;
DROP TABLE numbered;
DROP TABLE counted;
DROP TABLE kindred;
DROP TABLE told_home;
DROP TABLE around_them;
DROP TABLE said_place;
DROP TABLE led;
DROP TABLE described
