-- Who holds each valid identifier, what the holders say of themselves, and which identifiers are
-- generic: held by so many different people that holding one says nothing. One that a single record
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
JOIN records USING (record_id)
WHERE valid;
CREATE OR REPLACE TEMP TABLE identifier_values AS
SELECT
    identifier,
    scheme,
    least(count(DISTINCT birth_date), count(DISTINCT forename)) AS people
FROM shared_held
GROUP BY identifier, scheme;
CREATE OR REPLACE TEMP TABLE generic AS
WITH generic_cut AS (
    SELECT
        scheme,
        CASE
            WHEN count(*) >= $enough THEN greatest(quantile_disc(people, $usual), $least)
            ELSE $least
        END AS most
    FROM identifier_values
    GROUP BY scheme
)
SELECT identifier
FROM identifier_values
JOIN generic_cut USING (scheme)
WHERE people > most;
CREATE OR REPLACE TEMP TABLE strong_identifiers AS
SELECT
    record_id,
    list_sort(list(identifier)) AS identifiers
FROM shared_held
ANTI JOIN generic USING (identifier)
GROUP BY record_id;
CREATE OR REPLACE TEMP TABLE identifier_pairs AS
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
