-- A street or postcode left out is filled where only one can be meant.
CREATE OR REPLACE TEMP TABLE filled_places AS
WITH only_postcode AS (
    SELECT house, street, min(postcode) AS postcode
    FROM respelt_places
    WHERE house IS NOT NULL AND street IS NOT NULL
    GROUP BY house, street
    HAVING min(postcode) = max(postcode)
),
only_street AS (
    SELECT postcode, min(street) AS street
    FROM respelt_places
    WHERE postcode IS NOT NULL
    GROUP BY postcode
    HAVING min(street) = max(street)
)
SELECT r.* REPLACE (
    coalesce(r.postcode, p.postcode) AS postcode,
    CASE WHEN r.house IS NULL THEN r.street ELSE coalesce(r.street, s.street) END AS street
)
FROM respelt_places AS r
LEFT JOIN only_postcode AS p ON p.house = r.house AND p.street = r.street
LEFT JOIN only_street AS s ON s.postcode = r.postcode;
DROP TABLE respelt_places
