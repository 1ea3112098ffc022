-- Who holds each valid identifier and what the holders say of themselves. One that a single record
-- holds links nothing and is left out.
CREATE OR REPLACE TEMP TABLE shared_held AS
WITH shared AS (
    SELECT
        scheme,
        value,
        count(*) AS records
    FROM identifiers
    WHERE valid
    GROUP BY scheme, value
    HAVING count(*) > 1
)
SELECT
    scheme || ':' || value AS identifier,
    scheme,
    record_id,
    shared.records,
    CASE WHEN birth_date_quality = 'exact' THEN birth_date END AS birth_date,
    forename
FROM identifiers
JOIN shared USING (scheme, value)
JOIN in_order USING (record_id)
WHERE valid;
CREATE OR REPLACE TEMP TABLE identifier_values AS
SELECT
    identifier,
    scheme,
    least(count(DISTINCT birth_date), count(DISTINCT forename)) AS people
FROM shared_held
GROUP BY identifier, scheme
