-- Which UPRN is left out is told by all that are, when filled, one house with its flats: those of which
-- one was looked at again, or is gone, are too. What else was filled in them stands.
INSERT INTO filled_places BY NAME
WITH homes AS (
    SELECT of_house(house) AS house, street, postcode
    FROM filled_places
    UNION
    SELECT of_house(whole_house), whole_street, whole_postcode
    FROM said.places
    SEMI JOIN filled_places USING (number)
    UNION
    SELECT of_house(whole_house), whole_street, whole_postcode
    FROM gone_places
)
SELECT
    p.number,
    p.said,
    as_written(p.said) AS given,
    p.communal,
    p.uprn,
    p.whole_postcode AS postcode,
    p.whole_house AS house,
    p.whole_street AS street
FROM said.places AS p
SEMI JOIN homes
    ON homes.house = of_house(p.whole_house)
    AND homes.street = p.whole_street
    AND homes.postcode = p.whole_postcode
ANTI JOIN filled_places AS f ON f.number = p.number
