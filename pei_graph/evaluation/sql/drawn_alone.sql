-- The plan alone: record ids and strata, nothing personal.
CREATE OR REPLACE TEMP VIEW plan AS
SELECT *
FROM drawn
ORDER BY "order"
