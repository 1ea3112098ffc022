-- Homes where two forenames share a birth date: one person of two names, or twins. `bits` weigh the
-- first against the second by all signs there are, as homes that tell have shown.
CREATE OR REPLACE TEMP TABLE sole AS
SELECT
    at_home,
    whose,
    birth_date,
    -- In one order: sums of fractions differ by theirs.
    sum(coalesce(known.bits, usual.bits, 0) ORDER BY signs.sign, signs.value) AS bits
FROM signs
LEFT JOIN twin_signs AS known USING (sign, value)
LEFT JOIN twin_signs AS usual ON usual.sign = signs.sign AND usual.value = ''
WHERE EXISTS (FROM twin_signs WHERE sign = 'born')
GROUP BY at_home, whose, birth_date;
-- Forenames that are one person's: both of a child of two names, those that one record gives, those of
-- records of one birth date that an identifier holds together, those of a parent of one child, and at a
-- home those of the only other whom a record can mean.
CREATE OR REPLACE TEMP TABLE named_alike AS
WITH identified AS (
    SELECT
        identifier,
        birth_date
    FROM shared_held
    ANTI JOIN generic USING (identifier)
    WHERE birth_date IS NOT NULL
    GROUP BY identifier, birth_date
    HAVING min(forename) <> max(forename)
),
-- By what each of several names of one record would be known if it stood alone.
stated AS (
    SELECT
        lists.forenames,
        list_append(list(DISTINCT alone.root), any_value(lists.root)) AS roots
    FROM (
        SELECT
            forenames,
            root,
            unnest(given) AS name
        FROM given_lists
        WHERE length(given) > 1
    ) AS lists
    JOIN given_lists AS alone ON alone.forenames = [name]
    GROUP BY lists.forenames
),
called AS (
    SELECT
        concat_ws(' ', at_home, whose, birth_date) AS whose,
        record_id
    FROM said
    JOIN sole USING (at_home, whose, birth_date)
    WHERE bits >= $sure
    UNION ALL
    SELECT
        identifier || birth_date AS whose,
        record_id
    FROM shared_held
    SEMI JOIN identified USING (identifier, birth_date)
    UNION ALL
    SELECT
        unnest(renamed_parent_of) AS whose,
        record_id
    FROM parent_of
),
borne AS (
    SELECT
        whose,
        CASE WHEN birth_date_quality = 'exact' THEN birth_date END AS birth_date,
        surname,
        address_id,
        root
    FROM called
    JOIN in_order USING (record_id)
    JOIN given_lists USING (forenames)
    WHERE length(forename) > 1
    UNION ALL
    SELECT
        record_id AS whose,
        CASE WHEN birth_date_quality = 'exact' THEN birth_date END AS birth_date,
        surname,
        address_id,
        unnest(roots) AS root
    FROM in_order
    JOIN stated USING (forenames)
),
several AS (
    SELECT
        whose,
        list(DISTINCT root) AS names
    FROM borne
    GROUP BY whose
    HAVING min(root) <> max(root)
),
meant AS (
    SELECT
        surname,
        address_id,
        list_append(other_roots, root) AS names
    FROM only_others
    WHERE bits >= $meant
)
SELECT DISTINCT
    birth_date,
    surname,
    address_id,
    root,
    names
FROM borne
JOIN several USING (whose)
UNION
SELECT
    NULL AS birth_date,
    surname,
    address_id,
    unnest(names) AS root,
    names
FROM meant;
-- All forenames of whoever bears this one, this surname and this birth date, and their initials.
CREATE OR REPLACE TEMP MACRO with_initials(names) AS
    list_sort(list_distinct(list_concat(names, list_transform(names, lambda name: name[1]))));
CREATE OR REPLACE TEMP TABLE two_names AS
SELECT
    birth_date,
    surname,
    root,
    with_initials(flatten(list(names))) AS other_roots
FROM named_alike
WHERE birth_date IS NOT NULL
GROUP BY birth_date, surname, root;
-- The same of whoever bears this forename and this surname at this dwelling.
CREATE OR REPLACE TEMP TABLE home_names AS
SELECT
    address_id,
    surname,
    root,
    with_initials(flatten(list(names))) AS home_names
FROM named_alike
SEMI JOIN places USING (address_id)
GROUP BY address_id, surname, root
