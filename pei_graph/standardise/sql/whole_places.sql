-- So is a UPRN; and each is a place, with an id of its own.
CREATE OR REPLACE TEMP TABLE whole_places AS
WITH only_uprn AS (
    SELECT house, street, postcode, min(uprn) AS uprn
    FROM filled_places
    WHERE house IS NOT NULL AND street IS NOT NULL AND postcode IS NOT NULL
    GROUP BY house, street, postcode
    HAVING min(uprn) = max(uprn)
),
-- Where flats are told, a UPRN given with the house alone is one of theirs.
flats AS (
    SELECT DISTINCT of_house(house) AS house, street, postcode
    FROM filled_places
    WHERE contains(house, '/')
)
SELECT
    f.* REPLACE (coalesce(f.uprn, u.uprn) AS uprn),
    CASE
        WHEN coalesce(f.uprn, u.uprn) IS NOT NULL THEN 'u' || coalesce(f.uprn, u.uprn)
        WHEN coalesce(f.house, f.street, f.postcode) IS NOT NULL THEN
            'a' || md5(
                concat_ws(
                    '|',
                    coalesce(f.house, ''),
                    coalesce(f.street, ''),
                    coalesce(f.postcode, '')
                )
            )[:16]
    END AS address_id
FROM filled_places AS f
LEFT JOIN (FROM only_uprn ANTI JOIN flats USING (house, street, postcode)) AS u
    ON u.house = f.house AND u.street = f.street AND u.postcode = f.postcode;
DROP TABLE filled_places;
-- As the next run is told of them: each address as said, how it was read, what was filled, and which
-- place it is.
CREATE OR REPLACE TEMP VIEW found_places AS
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
    w.house AS whole_house,
    w.street AS whole_street,
    w.address_id
FROM places AS p
JOIN whole_places AS w ON w.number = p.number
