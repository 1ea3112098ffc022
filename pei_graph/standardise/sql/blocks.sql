-- Houses of which others tell the flats: 14 of 2/14, and the building of flat 2 in a named one. Whoever is
-- said to live there lives in a flat that is not told. A UPRN leaves nothing open.
CREATE OR REPLACE TABLE said.blocks AS
WITH flats AS (
    SELECT postcode, street, of_house(house) AS house
    FROM addresses
    WHERE kind <> 'communal' AND contains(house, '/')
),
whole AS (
    SELECT address_id, postcode, street, house
    FROM addresses
    WHERE kind = 'dwelling' AND uprn IS NULL
)
SELECT address_id
FROM whole
SEMI JOIN flats
    ON flats.postcode = whole.postcode AND flats.street = whole.street AND flats.house = whole.house
UNION
SELECT address_id
FROM whole
SEMI JOIN (FROM addresses WHERE kind <> 'communal' AND house IS NOT NULL) AS flat
    ON flat.postcode = whole.postcode AND flat.street = whole.house;
UPDATE addresses
SET kind = 'block'
WHERE address_id IN (FROM said.blocks)
