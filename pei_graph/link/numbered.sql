-- The number of each row of `comparables`, in the order of the record ids.
CREATE OR REPLACE TEMP TABLE numbered AS
SELECT
    record_id,
    row_number() OVER (ORDER BY record_id) AS n
FROM records
