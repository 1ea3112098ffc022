-- What the sources say where several of them know somebody of one birth date at one home, or of one
-- surname, under forenames that are not one: one person of two names, or twins.
-- Numbers of which one person has one, where a mistyped one shows by its check digit.
CREATE OR REPLACE TEMP TABLE own_numbers AS
SELECT
    record_id,
    list_sort(list(DISTINCT scheme)) AS number_schemes,
    list_sort(list(DISTINCT scheme || ':' || value)) AS numbers
FROM identifiers
WHERE valid AND scheme IN ('upn', 'nhs_number', 'uln')
GROUP BY record_id;
-- Who is known by a postcode alone lives, as far as it matters here, at the only dwelling with it where
-- somebody of the same surname and birth date does.
CREATE OR REPLACE TEMP TABLE said AS
WITH dated AS (
    SELECT
        record_id,
        source,
        birth_date,
        surname,
        forenames,
        postcode,
        places.address_id
    FROM in_order
    LEFT JOIN places USING (address_id)
    WHERE birth_date_quality = 'exact' AND length(forename) > 1
),
vague AS (
    SELECT * EXCLUDE (address_id)
    FROM dated
    WHERE address_id IS NULL AND postcode IS NOT NULL
),
meant AS (
    SELECT
        postcode,
        surname,
        birth_date,
        min(address_id) AS address_id
    FROM dated
    SEMI JOIN vague USING (postcode, surname, birth_date)
    WHERE address_id IS NOT NULL
    GROUP BY postcode, surname, birth_date
    HAVING min(address_id) = max(address_id)
),
housed AS (
    SELECT true AS at_home, address_id AS whose, birth_date, source, record_id, forenames
    FROM dated
    WHERE address_id IS NOT NULL
    UNION ALL
    SELECT true, address_id, birth_date, source, record_id, forenames
    FROM vague
    JOIN meant USING (postcode, surname, birth_date)
    UNION ALL
    SELECT false, surname, birth_date, source, record_id, forenames
    FROM dated
    WHERE surname IS NOT NULL
),
known AS (
    SELECT
        at_home,
        whose,
        birth_date,
        source,
        record_id,
        root
    FROM housed
    JOIN given_lists USING (forenames)
),
several AS (
    SELECT
        at_home,
        whose,
        birth_date
    FROM known
    GROUP BY at_home, whose, birth_date
    HAVING min(root) <> max(root) AND min(source) <> max(source)
)
SELECT
    known.at_home,
    known.whose,
    known.birth_date,
    known.source,
    record_id,
    sex,
    surname,
    forename,
    given,
    aliases,
    known.root,
    sound,
    string_split(middle_names, ' ') AS middles,
    family_names,
    number_schemes,
    numbers,
    identifiers
FROM known
SEMI JOIN several USING (at_home, whose, birth_date)
JOIN in_order USING (record_id)
JOIN given_lists USING (forenames)
LEFT JOIN family_lists USING (surnames)
LEFT JOIN own_numbers USING (record_id)
LEFT JOIN strong_identifiers USING (record_id);
CREATE OR REPLACE TEMP TABLE apart AS
SELECT
    at_home,
    whose,
    birth_date,
    CASE WHEN l.source = r.source THEN l.source END AS source,
    least(l.surname, r.surname) AS surname,
    l.sex = r.sex AS one_sex,
    coalesce(list_has_any(l.identifiers, r.identifiers), false) AS one_number,
    coalesce(
        list_has_any(l.number_schemes, r.number_schemes)
        AND NOT list_has_any(l.numbers, r.numbers),
        false
    ) AS two_numbers
FROM said AS l
JOIN said AS r USING (at_home, whose, birth_date)
WHERE l.record_id < r.record_id
    AND forename_alike(l, r) = 0;
-- The homes, or surnames, and birth dates, and what speaks for twins or against them besides.
CREATE OR REPLACE TEMP TABLE days AS
SELECT
    at_home,
    whose,
    birth_date,
    -- Twins who have grown up seldom share a home.
    (year(birth_date) // $years * $years)::VARCHAR AS born,
    min(surname) AS surname,
    bool_and(one_sex) AS one_sex,
    CASE
        WHEN bool_or(two_numbers) THEN 'two'
        WHEN bool_or(one_number) THEN 'one'
    END AS numbers
FROM apart
GROUP BY at_home, whose, birth_date;
-- Which sources hold both names there, in records that no identifier holds together.
CREATE OR REPLACE TEMP TABLE told AS
WITH both_held AS (
    SELECT DISTINCT
        at_home,
        whose,
        birth_date,
        source
    FROM apart
    WHERE source IS NOT NULL AND NOT one_number
)
SELECT DISTINCT
    said.at_home,
    said.whose,
    said.birth_date,
    said.source,
    both_held.source IS NOT NULL AS two
FROM said
SEMI JOIN days USING (at_home, whose, birth_date)
LEFT JOIN both_held USING (at_home, whose, birth_date, source);
-- The signs that each of them gives.
CREATE OR REPLACE TEMP TABLE signs AS
SELECT
    at_home,
    whose,
    birth_date,
    CASE WHEN two THEN 'holds both' ELSE 'holds one' END AS sign,
    source AS value
FROM told
UNION ALL
SELECT
    at_home,
    whose,
    birth_date,
    'born' AS sign,
    born AS value
FROM days
UNION ALL
SELECT
    at_home,
    whose,
    birth_date,
    CASE WHEN one_sex THEN 'one sex' ELSE 'two sexes' END AS sign,
    born AS value
FROM days
WHERE one_sex IS NOT NULL
UNION ALL
SELECT
    at_home,
    whose,
    birth_date,
    'surname' AS sign,
    surname AS value
FROM days
WHERE surname IS NOT NULL
UNION ALL
SELECT
    at_home,
    whose,
    birth_date,
    'numbers' AS sign,
    numbers AS value
FROM days
WHERE numbers IS NOT NULL
