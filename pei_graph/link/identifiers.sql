-- Which identifiers are generic, held by so many different people that holding one says nothing, and
-- which pairs of records the others put together.
CREATE OR REPLACE TEMP TABLE generic AS
SELECT identifier
FROM identifier_values
LEFT JOIN generic_cuts USING (scheme)
WHERE people > coalesce(most, $least);
CREATE OR REPLACE TEMP TABLE strong_identifiers AS
SELECT
    record_id,
    list_sort(list(identifier)) AS identifiers
FROM shared_held
ANTI JOIN generic USING (identifier)
GROUP BY record_id;
CREATE OR REPLACE TABLE identifier_pairs AS
WITH placed AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY identifier
            ORDER BY birth_date NULLS LAST, forename NULLS LAST, record_id
        ) AS place
    FROM shared_held
    ANTI JOIN generic USING (identifier)
)
SELECT DISTINCT
    least(l.record_id, r.record_id) AS record_l,
    greatest(l.record_id, r.record_id) AS record_r
FROM placed AS l
JOIN placed AS r
    ON l.identifier = r.identifier
    AND l.place < r.place
    AND (l.records <= $few OR r.place = l.place + 1)
