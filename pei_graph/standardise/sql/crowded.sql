-- Dwellings where more surnames are on record than families that follow one another bring: an office, a
-- hostel that no word names, a block whose flats nobody told. A surname that one record gives may be a
-- slip of the pen.
CREATE OR REPLACE TABLE said.crowded AS
WITH full_places AS (
    SELECT address_id
    FROM records
    WHERE address_id IS NOT NULL
    GROUP BY address_id
    HAVING count(*) > $most
),
borne AS (
    SELECT address_id, surname
    FROM records
    SEMI JOIN full_places USING (address_id)
    SEMI JOIN (FROM addresses WHERE kind = 'dwelling') AS homes USING (address_id)
    WHERE surname IS NOT NULL
    GROUP BY address_id, surname
    HAVING count(*) > 1
)
SELECT address_id
FROM borne
GROUP BY address_id
HAVING count(*) > $most;
UPDATE addresses
SET kind = 'communal'
WHERE address_id IN (FROM said.crowded);
DELETE FROM issues
WHERE rule = 'crowded_dwelling';
INSERT INTO issues (file, "column", rule, severity, rows, advice)
SELECT
    'addresses',
    'address',
    'crowded_dwelling',
    'note',
    count(*),
    'More surnames on record than families bring: taken to be communal; if it is not, tell its flats'
    || ' apart in the source'
FROM said.crowded
HAVING count(*) > 0
