-- The places that were kept, as `whole_places` has them.
CREATE OR REPLACE TEMP VIEW kept_places AS
SELECT
    number,
    said,
    as_written(said) AS given,
    communal,
    whole_uprn AS uprn,
    whole_postcode AS postcode,
    whole_house AS house,
    whole_street AS street,
    address_id
FROM said.places
