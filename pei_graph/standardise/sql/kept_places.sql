-- What this run knows of places, for the next one: each address as said, how it was read and which
-- place it is, with a digest of all that records take from it.
CREATE OR REPLACE TEMP VIEW kept_places AS
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
    w.address_id,
    hash(w.address_id, w.uprn, w.postcode, w.house, w.street) AS digest
FROM places AS p
JOIN whole_places AS w ON w.number = p.number
