-- Addresses as said that no source says any more.
CREATE OR REPLACE TEMP TABLE gone_places AS
WITH told_no_more AS (
    SELECT number
    FROM before.said.told
    WHERE list_contains($sources, source)
        AND number NOT IN (SELECT number FROM said.told)
)
FROM said.places
SEMI JOIN told_no_more USING (number);
DELETE FROM said.places
WHERE number IN (SELECT number FROM gone_places);
-- Which spellings of a street are one is told by all that are said under a postcode: those of the
-- postcodes of what is new or gone are looked at again.
INSERT INTO places BY NAME
WITH codes AS (
    SELECT postcode
    FROM places
    UNION
    SELECT postcode
    FROM gone_places
)
SELECT
    number,
    said,
    bad_uprn,
    bad_postcode,
    as_written(said) AS given,
    uprn,
    postcode,
    house,
    street,
    communal
FROM said.places
SEMI JOIN codes USING (postcode)
