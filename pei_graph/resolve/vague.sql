-- The settled records, and those of an address that lacks something where one that the settled have or
-- had may be meant.
WITH place AS (
    SELECT postcode, house, street
    FROM addresses
    SEMI JOIN part_address USING (address_id)
),
incomplete AS (
    SELECT a.address_id
    FROM addresses a
    WHERE a.kind <> 'communal'
        AND (a.kind <> 'dwelling' OR a.house IS NULL OR a.postcode IS NULL)
        AND (
            a.postcode IN (SELECT postcode FROM place)
            OR (a.house, a.street) IN (SELECT (house, street) FROM place)
        )
)
SELECT code
FROM settled_code
UNION
SELECT known.code
FROM facts
SEMI JOIN incomplete USING (address_id)
JOIN known USING (record_id)
UNION
SELECT known.code
FROM records
SEMI JOIN incomplete USING (address_id)
JOIN known USING (record_id)
