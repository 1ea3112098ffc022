-- What this run knows of places, for the next one.
CREATE OR REPLACE TABLE said.places AS
FROM found_places;
DROP VIEW found_places
