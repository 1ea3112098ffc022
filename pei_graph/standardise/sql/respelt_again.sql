-- Which postcode is left out is told by all that are said of a house in a street: those of which one
-- was looked at again, or is gone, are too. Their own streets are spelt as they were.
INSERT INTO respelt_places BY NAME
WITH homes AS (
    SELECT house, street
    FROM respelt_places
    UNION
    SELECT whole_house, whole_street
    FROM (FROM said.places WHERE street IS NOT NULL) AS kept
    SEMI JOIN respelt_places USING (number)
    UNION
    SELECT whole_house, whole_street
    FROM gone_places
    WHERE street IS NOT NULL
)
SELECT
    p.number,
    p.said,
    as_written(p.said) AS given,
    p.communal,
    p.uprn,
    p.postcode,
    p.whole_house AS house,
    p.whole_street AS street
FROM said.places AS p
SEMI JOIN homes ON homes.house = p.whole_house AND homes.street = p.whole_street
ANTI JOIN respelt_places AS r ON r.number = p.number
WHERE p.street IS NOT NULL
