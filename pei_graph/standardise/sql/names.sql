-- Every spelling of a name once, folded to lower-case ASCII letters and taken apart.
CREATE OR REPLACE TEMP TABLE name_forms AS
WITH spelt AS (
    SELECT 'forename' AS part, forename AS spelling FROM working.merged
    UNION
    SELECT 'middle', middle_names FROM working.merged
    UNION
    SELECT 'surname', surname FROM working.merged
    UNION
    SELECT name_part, name FROM working.merged
    UNION
    SELECT part, spelling FROM working.said_names
),
ascii AS (
    SELECT
        s.part,
        s.spelling,
        -- A digit stands for the letter that it looks like, each for another.
        translate(
            lower(coalesce(t.plain, s.spelling)),
            '0123456789''’`´',
            'oizeasbtxg'
        ) AS plain
    FROM spelt AS s
    LEFT JOIN transliterated AS t ON t.spelling = s.spelling
    WHERE s.spelling IS NOT NULL
),
folded AS (
    SELECT
        part,
        spelling,
        trim(
            regexp_replace(
                regexp_replace(
                    regexp_replace(plain, getvariable('relative'), ' '),
                    '[^a-z,-]+',
                    ' ',
                    'g'
                ),
                ' *(-|,)[ ,-]*',
                '\1',
                'g'
            ),
            ' ,-'
        ) AS plain
    FROM ascii
),
-- A former surname is half of a double one.
called AS (
    SELECT
        part,
        spelling,
        regexp_replace(
            regexp_replace(plain, getvariable('formerly'), '-'),
            getvariable('called'),
            ' '
        ) AS plain
    FROM folded
),
bare AS (
    SELECT
        part,
        spelling,
        regexp_replace(
            regexp_replace(called.plain, getvariable('title_pattern'), ''),
            getvariable('suffix_pattern'),
            ''
        ) AS plain,
        regexp_matches(called.plain, getvariable('title_pattern')) AS titled
    FROM called
),
halves AS (
    SELECT
        part,
        spelling,
        CASE
            WHEN part IN ('forename', 'middle') THEN {'given': plain, 'family': ''}
            WHEN part = 'surname' THEN {'given': '', 'family': plain}
            WHEN plain LIKE '%,%' THEN {
                'given': split_part(plain, ',', 2),
                'family': split_part(plain, ',', 1)
            }
            -- Who has a title is called by the surname, which then stands last.
            WHEN part = 'forename surname' AND plain NOT LIKE '% %' AND NOT titled THEN {
                'given': plain,
                'family': ''
            }
            WHEN plain LIKE '% %' AND (part = 'forename surname' OR titled) THEN
                regexp_extract(plain, getvariable('family_last'), ['given', 'family'])
            WHEN plain NOT LIKE '% %' THEN {'given': '', 'family': plain}
            ELSE regexp_extract(plain, getvariable('family_first'), ['family', 'given'])
        END AS half
    FROM bare
),
known AS (
    SELECT
        part,
        spelling,
        regexp_replace(half.given, getvariable('title_pattern'), '') AS given,
        regexp_replace(
            replace(replace(half.family, '-', ' '), ',', ' '),
            '^(o|mc|mac) ([a-z]{3,})',
            '\1\2'
        ) AS family
    FROM halves
),
named AS (
    SELECT
        part,
        spelling,
        CASE
            WHEN NOT list_contains(getvariable('not_a_name'), given)
                AND NOT regexp_matches(replace(given, '-', ' '), getvariable('nobody'))
                THEN replace(nullif(given, ''), ',', ' ')
        END AS given,
        regexp_extract(replace(given, '-', ' '), getvariable('birth_order'), 1) AS which,
        CASE
            WHEN NOT list_contains(getvariable('not_a_name'), family)
                AND NOT regexp_matches(family, getvariable('birth_order'))
                THEN nullif(family, '')
        END AS surname
    FROM known
),
parted AS (
    SELECT
        part,
        spelling,
        split_part(given, ' ', 1) AS first_given,
        replace(given, '-', ' ') AS given,
        -- By the digit, by the letter that it looks like, or in words.
        CASE
            WHEN which IN ('i', 'a', 'one') THEN 1
            WHEN which IN ('z', 'b', 'two') THEN 2
            WHEN which IN ('e', 'c', 'three') THEN 3
        END AS birth_order,
        surname,
        string_split(surname, ' ') AS surname_words
    FROM named
)
SELECT
    part,
    spelling,
    given,
    birth_order,
    replace(first_given, '-', ' ') AS forename,
    nullif(given[length(first_given) + 2:], '') AS middle_names,
    surname,
    CASE
        WHEN given IS NULL THEN []
        WHEN given = first_given THEN [given]
        WHEN length(given) = length(first_given) THEN [given, split_part(given, ' ', 1)]
        ELSE [replace(first_given, '-', ' '), given]
    END AS forenames,
    CASE
        WHEN surname IS NULL THEN []
        WHEN len(surname_words) = 1 THEN [surname]
        ELSE list_concat(
            [surname],
            list_filter(
                surname_words,
                lambda word: NOT list_contains(getvariable('particles'), word)
            )
        )
    END AS surnames
FROM parted
