-- Who holds each valid identifier, what the holders say of themselves, and which identifiers are
-- generic: held by so many different people that holding one says nothing.
CREATE OR REPLACE TEMP TABLE held AS
SELECT
    identifiers.scheme || ':' || identifiers.value AS identifier,
    identifiers.scheme,
    records.record_id,
    CASE WHEN records.birth_date_quality = 'exact' THEN records.birth_date END AS birth_date,
    records.forename
FROM identifiers
JOIN records USING (record_id)
WHERE identifiers.valid;
CREATE OR REPLACE TEMP TABLE identifier_values AS
SELECT
    identifier,
    scheme,
    count(*) AS records,
    least(count(DISTINCT birth_date), count(DISTINCT forename)) AS people
FROM held
GROUP BY identifier, scheme;
CREATE OR REPLACE TEMP TABLE generic_cut AS
SELECT
    scheme,
    CASE
        WHEN count(*) >= $enough THEN greatest(quantile_disc(people, $usual), $least)
        ELSE $least
    END AS people
FROM identifier_values
WHERE records > 1
GROUP BY scheme;
CREATE OR REPLACE TEMP TABLE strong_held AS
SELECT
    held.*,
    identifier_values.records,
    row_number() OVER (
        PARTITION BY identifier
        ORDER BY birth_date NULLS LAST, forename NULLS LAST, record_id
    ) AS place
FROM held
JOIN identifier_values USING (identifier, scheme)
LEFT JOIN generic_cut USING (scheme)
WHERE identifier_values.people <= coalesce(generic_cut.people, $least);
CREATE OR REPLACE TEMP TABLE strong_identifiers AS
SELECT
    record_id,
    list_sort(list(identifier)) AS identifiers
FROM strong_held
GROUP BY record_id;
CREATE OR REPLACE TEMP TABLE identifier_pairs AS
SELECT DISTINCT
    least(l.record_id, r.record_id) AS record_l,
    greatest(l.record_id, r.record_id) AS record_r
FROM strong_held AS l
JOIN strong_held AS r
    ON l.identifier = r.identifier
    AND l.place < r.place
    AND (l.records <= $few OR r.place = l.place + 1)
