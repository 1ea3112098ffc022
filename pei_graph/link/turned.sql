-- Records whose two names stand in each other's field, and as they would stand in their own: the family
-- name comes first in some traditions, or somebody slipped. The names tell it themselves, by how much
-- oftener each stands in the other field.
CREATE OR REPLACE TEMP TABLE turned AS
WITH family_names AS (
    SELECT
        name AS forename,
        -- The record itself is no witness.
        (family + 0.5) / (greatest(given - 1, 0) + 0.5) AS family_odds
    FROM name_fields
    WHERE family > given
),
given_names AS (
    SELECT
        name AS surname,
        (given + 0.5) / (greatest(family - 1, 0) + 0.5) AS given_odds
    FROM name_fields
),
found AS (
    SELECT
        records.*,
        -- Of *Chan Sze Wing* in one field *Sze* was taken for a further forename of *Chan*.
        CASE WHEN starts_with(forenames[2], forename || ' ') THEN forenames[2][length(forename) + 2:] END AS further,
        concat_ws(' ', further, surname) AS given
    FROM records
    JOIN family_names USING (forename)
    LEFT JOIN given_names USING (surname)
    WHERE forename <> surname
        AND length(forename) > 1
        AND length(surname) > 1
        -- Of a name that nobody else bears the field says nothing.
        AND coalesce(given_odds, 1) >= 1
        AND family_odds * coalesce(given_odds, 1) >= $odds
)
SELECT
    record_id,
    split_part(given, ' ', 1) AS forename,
    forename AS surname,
    list_distinct(list_concat(
        [split_part(given, ' ', 1), given],
        surnames[2:],
        list_filter(forenames[2:], lambda name: NOT starts_with(name, forename || ' '))
    )) AS forenames,
    [forename] AS surnames,
    nullif(concat_ws(
        ' ',
        nullif(given[length(split_part(given, ' ', 1)) + 2:], ''),
        nullif(middle_names[coalesce(length(further) + 2, 1):], '')
    ), '') AS middle_names
FROM found;
CREATE OR REPLACE TEMP VIEW in_order AS
SELECT records.* REPLACE (
    coalesce(turned.forename, records.forename) AS forename,
    coalesce(turned.surname, records.surname) AS surname,
    coalesce(turned.forenames, records.forenames) AS forenames,
    coalesce(turned.surnames, records.surnames) AS surnames,
    CASE WHEN turned.record_id IS NULL THEN records.middle_names ELSE turned.middle_names END AS middle_names
)
FROM records
LEFT JOIN turned USING (record_id)
