-- Every pair of records that a clerical sample can draw, each in one stratum. `part` is `one person`
-- (both in one person), `linked` (in two persons between whom any link was scored) or `alike` (in two
-- persons whom no link ties, but who share something and contradict each other in nothing). `linked`
-- and `alike` hold all pairs of records of the two persons, so that a person split in two is missed
-- with all that it takes. `expected` is the share of pairs that the model takes to be one person's.
-- Nobody sealed is drawn.
CREATE OR REPLACE TEMP TABLE accepted AS
SELECT
    n,
    record_id,
    person_id
FROM members
JOIN comparables USING (record_id)
JOIN records USING (record_id)
JOIN persons USING (person_id)
WHERE members.state = 'accepted' AND NOT records.sealed AND NOT persons.sealed;
CREATE OR REPLACE TEMP TABLE tied AS
SELECT
    least(l.person_id, r.person_id) AS one,
    greatest(l.person_id, r.person_id) AS other,
    max(weight) AS weight,
    arg_max(state, (weight, state)) AS state,
    max(probability) AS probability
FROM links
JOIN accepted AS l ON l.record_id = record_l
JOIN accepted AS r ON r.record_id = record_r
WHERE l.person_id <> r.person_id
GROUP BY ALL;
-- What persons are called and when they were born, as far as their records agree to say.
CREATE OR REPLACE TEMP TABLE known AS
SELECT
    person_id,
    strftime(birth_date, '%Y%m%d') AS born,
    sex
FROM persons;
CREATE OR REPLACE TEMP TABLE held AS
SELECT DISTINCT
    person_id,
    root,
    surname,
    initial,
    birth_date,
    place,
    postcode
FROM comparables
JOIN accepted USING (n);
CREATE OR REPLACE TEMP TABLE alike AS
WITH homes AS (
    SELECT DISTINCT person_id, place
    FROM held
    WHERE place IS NOT NULL
    QUALIFY count(*) OVER (PARTITION BY place) <= $crowd
),
names AS (
    SELECT DISTINCT person_id, initial, surname
    FROM held
    WHERE initial IS NOT NULL AND surname IS NOT NULL
    QUALIFY count(*) OVER (PARTITION BY initial, surname) <= $crowd
),
births AS (
    SELECT DISTINCT person_id, birth_date, surname, postcode
    FROM held
    WHERE birth_date IS NOT NULL
),
found AS (
    SELECT l.person_id AS one, r.person_id AS other, 1 AS kind
    FROM births AS l
    JOIN births AS r USING (birth_date, surname)
    WHERE l.person_id < r.person_id
    UNION ALL
    SELECT l.person_id AS one, r.person_id AS other, 1 AS kind
    FROM births AS l
    JOIN births AS r USING (birth_date, postcode)
    WHERE l.person_id < r.person_id
    UNION ALL
    SELECT l.person_id AS one, r.person_id AS other, 2 AS kind
    FROM names AS l
    JOIN names AS r USING (initial, surname)
    WHERE l.person_id < r.person_id
    UNION ALL
    SELECT l.person_id AS one, r.person_id AS other, 3 AS kind
    FROM homes AS l
    JOIN homes AS r USING (place)
    WHERE l.person_id < r.person_id
)
SELECT
    one,
    other,
    min(kind) AS kind
FROM found
ANTI JOIN tied USING (one, other)
JOIN known AS l ON l.person_id = one
JOIN known AS r ON r.person_id = other
WHERE coalesce(l.sex = r.sex, true)
    AND coalesce(damerau_levenshtein(l.born, r.born) <= $edits, true)
GROUP BY one, other;
CREATE OR REPLACE TEMP TABLE frame AS
WITH together AS (
    SELECT
        least(l.record_id, r.record_id) AS record_l,
        greatest(l.record_id, r.record_id) AS record_r,
        'one person' AS part
    FROM accepted AS l
    JOIN accepted AS r USING (person_id)
    WHERE l.n < r.n
),
persons_apart AS (
    SELECT one, other, 'linked' AS part, state, weight, probability, NULL AS kind
    FROM tied
    UNION ALL
    SELECT one, other, 'alike' AS part, NULL AS state, NULL AS weight, NULL AS probability, kind
    FROM alike
),
apart AS (
    SELECT
        least(l.record_id, r.record_id) AS record_l,
        greatest(l.record_id, r.record_id) AS record_r,
        part,
        persons_apart.state,
        weight,
        probability,
        kind
    FROM persons_apart
    JOIN accepted AS l ON l.person_id = one
    JOIN accepted AS r ON r.person_id = other
),
pairs AS (
    SELECT
        together.*,
        links.state,
        links.weight,
        links.probability,
        NULL AS kind
    FROM together
    LEFT JOIN links USING (record_l, record_r)
    UNION ALL BY NAME
    FROM apart
),
banded AS (
    SELECT
        *,
        CASE
            WHEN weight < 0 THEN 'below 0 bits'
            WHEN weight < 4 THEN '0 to 4 bits'
            WHEN weight < 8 THEN '4 to 8 bits'
            WHEN weight < 12 THEN '8 to 12 bits'
            WHEN weight < 20 THEN '12 to 20 bits'
            ELSE '20 bits and more'
        END AS band
    FROM pairs
)
SELECT
    record_l,
    record_r,
    part,
    CASE
        WHEN part = 'alike' THEN 'apart: no link, '
            || ['same birth date', 'same initial and surname', 'same dwelling'][kind]
        WHEN part = 'linked' THEN 'apart: ' || state || ', ' || band
        WHEN state IS NULL THEN 'together: joined by others'
        WHEN state <> 'accepted' THEN 'together: although ' || state
        ELSE 'together: ' || band
    END AS stratum,
    coalesce(probability, CASE part WHEN 'alike' THEN $alike ELSE $joined END) AS expected
FROM banded
