-- Whom the sources record as a parent of one child, by sex: nobody has two mothers, unless one source
-- says so. A child is known by name and birth date, or by a number of which everybody has one. Who was
-- adopted has other parents than before, so nothing is said of those.
CREATE OR REPLACE TEMP TABLE parents_told AS
WITH ordered AS (
    SELECT DISTINCT record_id
    FROM facts
    WHERE kind = 'involvement' AND type = 'adoption_order'
),
numbers_ordered AS (
    SELECT DISTINCT scheme, value
    FROM identifiers
    SEMI JOIN ordered USING (record_id)
    WHERE valid
),
adopted AS (
    SELECT record_id
    FROM ordered
    UNION
    SELECT record_id
    FROM identifiers
    SEMI JOIN numbers_ordered USING (scheme, value)
),
named AS MATERIALIZED (
    SELECT
        record_id,
        concat_ws(' ', root, surname, birth_date) AS child
    FROM in_order
    JOIN given_lists USING (forenames)
    WHERE birth_date_quality = 'exact' AND length(root) > 1 AND surname IS NOT NULL
    UNION ALL
    SELECT
        record_id,
        unnest(numbers) AS child
    FROM own_numbers
),
children AS (
    FROM named
    ANTI JOIN (FROM named SEMI JOIN adopted USING (record_id)) AS theirs USING (child)
),
told AS (
    SELECT DISTINCT
        facts.record_id,
        children.child
    FROM facts
    JOIN children ON children.record_id = facts.other_record_id
    WHERE facts.kind = 'relationship' AND facts.type = 'parent'
),
parents AS (
    SELECT
        told.child || ' ' || sex AS child,
        record_id,
        source,
        forename,
        address_id,
        forenames,
        surnames,
        middle_names,
        CASE WHEN birth_date_quality = 'exact' THEN strftime(birth_date, '%Y%m%d') END AS birth_date
    FROM told
    JOIN in_order USING (record_id)
    WHERE sex IS NOT NULL AND length(forename) > 1
),
several AS (
    SELECT child
    FROM parents
    GROUP BY child
    HAVING min(source) <> max(source)
)
SELECT
    parents.* EXCLUDE (forenames, surnames, middle_names),
    given,
    aliases,
    root,
    sound,
    string_split(middle_names, ' ') AS middles,
    family_names
FROM parents
SEMI JOIN several USING (child)
JOIN given_lists USING (forenames)
LEFT JOIN family_lists USING (surnames);
CREATE OR REPLACE TEMP TABLE parents_paired AS
SELECT
    child,
    l.record_id AS record_l,
    r.record_id AS record_r,
    l.source = r.source AS in_one_source,
    nullif(birth_date_alike(l, r), -1) > 0 AS one_birth_date,
    forename_alike(l, r) > 0 AS one_name
FROM parents_told AS l
JOIN parents_told AS r USING (child)
WHERE l.record_id < r.record_id
    AND (
        one_name
        OR in_one_source
        OR list_has_any(l.family_names, r.family_names)
        OR l.address_id = r.address_id
    );
CREATE OR REPLACE TEMP TABLE children_of_two AS
SELECT DISTINCT child
FROM parents_paired
WHERE in_one_source AND NOT one_name
