-- Where records are said to live: what is said, by its number.
CREATE OR REPLACE TEMP TABLE said_residences AS
SELECT
    a.record_id,
    a.place,
    a.since,
    p.number,
    a.from_date,
    a.to_date,
    lower(split_part(a.said, chr(31), 4)) = 'placement' AS placed,
    a.sealed
FROM working.said_addresses AS a
JOIN known_places AS p ON p.said = a.said
