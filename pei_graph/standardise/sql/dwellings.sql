-- Spellings of one street under one postcode are one street; the commonest stands for them.
CREATE OR REPLACE TEMP TABLE street_spellings AS
WITH seen AS (
    SELECT postcode, street, count(*) AS times
    FROM places
    WHERE postcode IS NOT NULL AND street IS NOT NULL
    GROUP BY postcode, street
)
SELECT
    a.postcode,
    a.street,
    first(b.street ORDER BY b.times DESC, b.street) AS meant
FROM seen AS a
JOIN seen AS b ON b.postcode = a.postcode
WHERE (b.times > a.times OR (b.times = a.times AND b.street < a.street))
  AND length(a.street) >= 8
  AND damerau_levenshtein(a.street, b.street) <= 2
GROUP BY a.postcode, a.street;

-- A street or postcode left out is filled where only one can be meant.
CREATE OR REPLACE TEMP TABLE whole_places AS
WITH respelt AS (
    SELECT
        p.number,
        p.given,
        p.communal,
        p.uprn,
        p.postcode,
        p.house,
        coalesce(s.meant, p.street) AS street
    FROM places AS p
    LEFT JOIN street_spellings AS s ON s.postcode = p.postcode AND s.street = p.street
),
only_postcode AS (
    SELECT house, street, min(postcode) AS postcode
    FROM respelt
    WHERE house IS NOT NULL AND street IS NOT NULL
    GROUP BY house, street
    HAVING min(postcode) = max(postcode)
),
only_street AS (
    SELECT postcode, min(street) AS street
    FROM respelt
    WHERE postcode IS NOT NULL
    GROUP BY postcode
    HAVING min(street) = max(street)
),
filled AS (
    SELECT r.* REPLACE (
        coalesce(r.postcode, p.postcode) AS postcode,
        CASE WHEN r.house IS NULL THEN r.street ELSE coalesce(r.street, s.street) END AS street
    )
    FROM respelt AS r
    LEFT JOIN only_postcode AS p ON p.house = r.house AND p.street = r.street
    LEFT JOIN only_street AS s ON s.postcode = r.postcode
),
only_uprn AS (
    SELECT house, street, postcode, min(uprn) AS uprn
    FROM filled
    WHERE house IS NOT NULL AND street IS NOT NULL AND postcode IS NOT NULL
    GROUP BY house, street, postcode
    HAVING min(uprn) = max(uprn)
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
    END AS address_id,
    coalesce(f.uprn, u.uprn) IS NOT NULL
    OR (
        f.house IS NOT NULL
        AND coalesce(f.street, f.postcode) IS NOT NULL
        AND coalesce(f.postcode NOT LIKE 'ZZ99%', TRUE)
    ) AS precise
FROM filled AS f
LEFT JOIN only_uprn AS u
    ON u.house = f.house AND u.street = f.street AND u.postcode = f.postcode
