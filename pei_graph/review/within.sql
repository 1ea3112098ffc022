-- Questions within, or between, the persons given.
WITH given AS (
    SELECT unnest($persons::VARCHAR[]) AS person_id
)
SELECT *
FROM in_order
WHERE person_l IN (FROM given)
    AND person_r IN (FROM given)
