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
CREATE OR REPLACE TEMP TABLE respelt_places AS
SELECT
    p.number,
    p.said,
    p.given,
    p.communal,
    p.uprn,
    p.postcode,
    p.house,
    coalesce(s.meant, p.street) AS street
FROM places AS p
LEFT JOIN street_spellings AS s ON s.postcode = p.postcode AND s.street = p.street;
DROP TABLE street_spellings
