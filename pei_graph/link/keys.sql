-- By what records bear on each other's rows of `comparables`, each as a number: `code` stands for the
-- record. What a record of `otherwise` said in the last run counts as well as what it says now.
CREATE OR REPLACE TEMP TABLE number_key AS
WITH held AS (
    SELECT record_id, scheme, value
    FROM identifiers
    WHERE valid
    UNION ALL
    SELECT record_id, scheme, value
    FROM before.identifiers
    SEMI JOIN otherwise USING (record_id)
    WHERE valid
)
SELECT
    hash(record_id) AS code,
    hash(scheme, value) AS key
FROM held;
CREATE OR REPLACE TEMP TABLE said_of AS
WITH dwellings AS (
    SELECT address_id
    FROM addresses
    WHERE kind = 'dwelling'
),
told AS (
    SELECT record_id, address_id, postcode, forename, forenames, surname, birth_date, birth_date_quality, false AS was
    FROM records
    UNION ALL
    SELECT record_id, address_id, postcode, forename, forenames, surname, birth_date, birth_date_quality, true AS was
    FROM before.records
    SEMI JOIN otherwise USING (record_id)
),
-- Names that may be taken for a surname that stands in the other field.
family_names AS (
    SELECT name AS forename
    FROM name_fields
    WHERE family > given
),
said AS (
    FROM told
    UNION ALL
    SELECT * REPLACE ([surname] AS forenames, forename AS surname)
    FROM told
    SEMI JOIN family_names USING (forename)
)
SELECT
    hash(record_id) AS code,
    CASE WHEN forenames IS NOT NULL THEN hash(forenames) END AS called,
    CASE WHEN birth_date_quality = 'exact' AND address_id IS NOT NULL THEN hash(address_id, birth_date) END AS at_home,
    CASE WHEN birth_date_quality = 'exact' AND surname IS NOT NULL THEN hash(surname, birth_date) END AS named,
    CASE WHEN address_id IS NOT NULL AND surname IS NOT NULL THEN hash(surname, address_id) END AS named_at_home,
    CASE
        WHEN birth_date_quality = 'exact' AND postcode IS NOT NULL AND surname IS NOT NULL
        THEN hash(postcode, surname, birth_date)
    END AS meant,
    was OR dwellings.address_id IS NULL AS vague
FROM said
LEFT JOIN dwellings USING (address_id);
-- A child is known by itself, by its numbers, and by name and birth date; a parent by its children.
CREATE OR REPLACE TEMP TABLE child_key AS
WITH parents AS (
    SELECT hash(record_id) AS code, hash(other_record_id) AS child
    FROM facts
    WHERE kind = 'relationship' AND type = 'parent'
    UNION
    SELECT hash(record_id), hash(other_record_id)
    FROM before.facts
    SEMI JOIN otherwise USING (record_id)
    WHERE kind = 'relationship' AND type = 'parent'
),
known AS (
    SELECT code, named AS key
    FROM said_of
    WHERE named IS NOT NULL
    UNION ALL
    SELECT code, key
    FROM number_key
),
told AS (
    SELECT parents.code, known.key
    FROM parents
    JOIN known ON known.code = parents.child
)
SELECT code, key
FROM told
UNION ALL
SELECT code, key
FROM known
SEMI JOIN told USING (key)
UNION ALL
SELECT code, child
FROM parents
UNION ALL
SELECT child, child
FROM parents;
CREATE OR REPLACE TEMP TABLE home_key AS
SELECT code, at_home AS key
FROM said_of
WHERE at_home IS NOT NULL;
-- Whoever bears a surname and a birth date, where not all give the same forenames.
CREATE OR REPLACE TEMP TABLE born_key AS
SELECT code, named AS key
FROM said_of
WHERE named IN (
    SELECT named
    FROM said_of
    GROUP BY named
    HAVING min(called) <> max(called)
);
-- Whose postcode alone is known lives where somebody of that surname and birth date does.
CREATE OR REPLACE TEMP TABLE meant_key AS
SELECT code, meant AS key
FROM said_of
WHERE meant IN (SELECT meant FROM said_of WHERE vague);
CREATE OR REPLACE TEMP TABLE name_key AS
SELECT code, named AS key
FROM said_of
WHERE named IS NOT NULL
UNION ALL
SELECT code, named_at_home
FROM said_of
WHERE named_at_home IS NOT NULL;
DROP TABLE said_of;
CREATE OR REPLACE TEMP TABLE near AS
SELECT hash(record_id) AS code
FROM otherwise
