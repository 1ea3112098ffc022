-- Some records of each list and role, the same in every run: enough to tell what its columns hold.
CREATE OR REPLACE TEMP TABLE drawn AS
SELECT
    record_id,
    source,
    names,
    births,
    sexes,
    forename,
    surname,
    CASE WHEN birth_date_quality = 'exact' THEN birth_date END AS born,
    sex
FROM records
JOIN kinds USING (delivery_id, role)
WHERE hash(record_id) % one_in = 0
