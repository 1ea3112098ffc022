-- What tells whose company a record keeps. It is compared by its hash: numbers are joined in half the
-- time of texts.
CREATE OR REPLACE TEMP TABLE standing AS
SELECT
    n,
    hash(record_id) AS code,
    birth_date IS NULL AS undated,
    CASE WHEN root IS NOT NULL THEN hash(root) END AS root,
    CASE WHEN root IS NOT NULL AND birth_date IS NOT NULL THEN hash(root, birth_date) END AS born,
    CASE WHEN forename IS NOT NULL AND birth_date IS NOT NULL THEN hash(forename, birth_date) END AS who,
    CASE WHEN surname IS NOT NULL THEN hash(surname) END AS surname,
    CASE WHEN initial IS NOT NULL AND surname IS NOT NULL THEN hash(initial, surname) END AS called,
    CASE WHEN place IS NOT NULL THEN hash(place) END AS place,
    CASE WHEN place IS NOT NULL THEN hash(source, place) END AS household
FROM {compared};
-- Who is related to whom, in either direction, and who is of one family or at one place in one source.
CREATE OR REPLACE TEMP TABLE related AS
WITH stated AS (
    SELECT
        hash(record_id) AS code,
        hash(other_record_id) AS other_code
    FROM facts
    WHERE kind = 'relationship'
),
known AS MATERIALIZED (
    SELECT
        l.n,
        r.n AS other
    FROM stated
    JOIN standing AS l ON l.code = stated.code
    JOIN standing AS r ON r.code = stated.other_code
    WHERE l.n IS NOT NULL AND r.n IS NOT NULL
)
SELECT n, other
FROM known
UNION ALL
SELECT other, n
FROM known;
CREATE OR REPLACE TEMP TABLE grouped AS
SELECT
    standing.n,
    hash('case', records.case_family) AS household
FROM records
JOIN standing ON standing.code = hash(records.record_id)
WHERE records.case_family IS NOT NULL AND standing.n IS NOT NULL
UNION ALL
SELECT
    n,
    household
FROM standing
WHERE household IS NOT NULL AND n IS NOT NULL
