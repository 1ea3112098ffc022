-- Spellings of one street under one postcode are one street; the commonest stands for them. So does a
-- street for what begins with it and goes on with a town, not with a street's last word.
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
WHERE (
        (b.times > a.times OR (b.times = a.times AND b.street < a.street))
        AND length(a.street) >= 8
        AND damerau_levenshtein(a.street, b.street) <= 2
    )
    OR (
        starts_with(a.street, b.street || ' ')
        AND NOT regexp_matches(a.street, getvariable('street_pattern'))
    )
GROUP BY a.postcode, a.street;
-- A house and its street in one breath, without a number or a comma, are told apart where others under
-- that postcode write them so.
CREATE OR REPLACE TEMP TABLE named_houses AS
SELECT DISTINCT postcode, house, street
FROM places
WHERE postcode IS NOT NULL AND regexp_matches(house, '^[a-z]') AND street IS NOT NULL;
CREATE OR REPLACE TEMP TABLE respelt_places AS
SELECT
    p.number,
    p.said,
    p.given,
    p.communal,
    p.uprn,
    p.postcode,
    coalesce(p.house, h.house) AS house,
    coalesce(h.street, s.meant, p.street) AS street
FROM places AS p
LEFT JOIN named_houses AS h
    ON p.house IS NULL
    AND h.postcode = p.postcode
    AND h.house || ' ' || h.street = regexp_replace(p.street, '^the ', '')
LEFT JOIN street_spellings AS s ON s.postcode = p.postcode AND s.street = p.street;
DROP TABLE street_spellings;
DROP TABLE named_houses
