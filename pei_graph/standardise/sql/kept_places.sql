-- What this run knows of places, for the next one: each address as said, how it was read, what was
-- filled, and which place it is.
CREATE OR REPLACE TABLE said.places AS
SELECT
    p.number,
    p.said,
    p.bad_uprn,
    p.bad_postcode,
    p.uprn,
    p.postcode,
    p.house,
    p.street,
    p.communal,
    w.uprn AS whole_uprn,
    w.postcode AS whole_postcode,
    w.street AS whole_street,
    w.address_id
FROM places AS p
JOIN whole_places AS w ON w.number = p.number
