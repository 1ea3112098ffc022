-- Addresses as said that are another place now than in the last run, or are new or said no more.
CREATE OR REPLACE TEMP TABLE other_places AS
SELECT number
FROM (SELECT number, digest FROM kept_places) AS now_is
FULL JOIN (SELECT number, digest FROM said.places) AS was USING (number)
WHERE now_is.digest IS DISTINCT FROM was.digest;
-- The places of which anything may be otherwise: those, and whichever is told more or less often.
CREATE OR REPLACE TEMP TABLE other_addresses AS
WITH told AS (
    SELECT number, times, sealed
    FROM said.told
    WHERE list_contains($sources, source)
),
told_before AS (
    SELECT number, times, sealed
    FROM before.said.told
    WHERE list_contains($sources, source)
),
numbers AS (
    SELECT number
    FROM other_places
    UNION
    SELECT number
    FROM (
        (FROM told EXCEPT ALL FROM told_before)
        UNION ALL
        (FROM told_before EXCEPT ALL FROM told)
    )
)
SELECT address_id
FROM whole_places
SEMI JOIN numbers USING (number)
UNION
SELECT address_id
FROM said.places
SEMI JOIN numbers USING (number);
CREATE OR REPLACE TEMP TABLE listed_places AS
FROM whole_places
SEMI JOIN other_addresses USING (address_id);
DELETE FROM addresses
WHERE address_id IN (SELECT address_id FROM other_addresses)
