-- Addresses as said that are another place now than in the last run, or are new; `was` says which
-- they were.
CREATE OR REPLACE TEMP TABLE other_places AS
SELECT
    now_is.number,
    was.address_id AS was,
    was.number IS NULL AS new
FROM whole_places AS now_is
LEFT JOIN said.places AS was ON was.number = now_is.number
WHERE was.number IS NULL
    OR now_is.address_id IS DISTINCT FROM was.address_id
    OR now_is.uprn IS DISTINCT FROM was.whole_uprn
    OR now_is.postcode IS DISTINCT FROM was.whole_postcode
    OR now_is.house IS DISTINCT FROM was.whole_house
    OR now_is.street IS DISTINCT FROM was.whole_street;
UPDATE said.places AS kept
SET
    whole_uprn = now_is.uprn,
    whole_postcode = now_is.postcode,
    whole_house = now_is.house,
    whole_street = now_is.street,
    address_id = now_is.address_id
FROM (FROM whole_places SEMI JOIN (FROM other_places WHERE NOT new) AS other USING (number)) AS now_is
WHERE now_is.number = kept.number;
INSERT INTO said.places BY NAME
FROM found_places
SEMI JOIN (FROM other_places WHERE new) AS other USING (number);
DROP VIEW found_places;
-- The places of which anything may be otherwise: what those are or were, and whichever is told more or
-- less often.
CREATE OR REPLACE TEMP TABLE readdressed AS
WITH told AS (
    SELECT source, number, hash(times, sealed) AS digest
    FROM said.told
    WHERE list_contains($sources, source)
),
told_before AS (
    SELECT source, number, hash(times, sealed) AS digest
    FROM before.said.told
    WHERE list_contains($sources, source)
),
numbers AS (
    SELECT number
    FROM other_places
    UNION
    SELECT number
    FROM told
    FULL JOIN told_before USING (source, number)
    WHERE told.digest IS DISTINCT FROM told_before.digest
)
SELECT address_id
FROM said.places
SEMI JOIN numbers USING (number)
UNION
SELECT was
FROM other_places
UNION
SELECT address_id
FROM gone_places;
CREATE OR REPLACE TEMP TABLE listed_places AS
FROM kept_places
SEMI JOIN readdressed USING (address_id);
DELETE FROM addresses
WHERE address_id IN (SELECT address_id FROM readdressed);
DROP TABLE gone_places
