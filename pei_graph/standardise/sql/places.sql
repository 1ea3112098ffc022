-- Every address as said that no earlier run has read, once: its UPRN, postcode, house and street.
CREATE OR REPLACE TEMP TABLE places AS
WITH parts AS (
    SELECT
        said,
        nullif(split_part(said, chr(31), 1), '') AS uprn_given,
        nullif(split_part(said, chr(31), 2), '') AS line_given,
        nullif(split_part(said, chr(31), 3), '') AS postcode_given,
        lower(split_part(said, chr(31), 4)) AS kind_given,
        nullif(trim(split_part(said, chr(31), 5)), '') AS foreign_postcode
    FROM unread_places
),
plain AS (
    SELECT
        p.*,
        nullif(ltrim(regexp_replace(uprn_given, '[.]0+$|[ -]', '', 'g'), '0'), '') AS uprn,
        regexp_replace(lower(coalesce(t.plain, p.line_given)), '[.''’]+', '', 'g') AS written,
        CASE
            WHEN regexp_matches(written, getvariable('unusual')) THEN trim(as_usual(written), ' ,')
            ELSE written
        END AS line,
        letters_and_digits(
            coalesce(
                p.postcode_given,
                regexp_extract(
                    upper(p.line_given),
                    '(?:^|[ ,])([A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2})[ ,.]*$',
                    1
                )
            )
        ) AS code
    FROM parts AS p
    LEFT JOIN transliterated AS t ON t.spelling = p.line_given
),
halves AS (
    SELECT
        * EXCLUDE (uprn, line),
        CASE WHEN regexp_full_match(uprn, '[0-9]{1,12}') THEN uprn END AS uprn,
        CASE
            WHEN list_contains(getvariable('no_fixed_abode'), trim(line)) THEN NULL
            WHEN regexp_matches(line, '[0-9][a-z]{2}[ ,]*$') THEN
                trim(
                    regexp_replace(
                        line,
                        '(?:^|[ ,]+)[a-z]{1,2}[0-9][0-9a-z]? ?[0-9][a-z]{2}[ ,]*$',
                        ''
                    ),
                    ' ,'
                )
            ELSE line
        END AS line,
        code[:-4] AS outward,
        translate(code[-3:-3], 'OIL', '011') || translate(code[-2:], '01', 'OI') AS inward
    FROM plain
),
coded AS (
    SELECT
        *,
        CASE
            WHEN foreign_postcode IS NOT NULL THEN NULL
            WHEN NOT regexp_full_match(inward, '[0-9][A-Z]{2}') THEN NULL
            WHEN regexp_full_match(outward, '[A-Z]{1,2}[0-9][0-9A-Z]?') THEN outward
            WHEN regexp_full_match(
                outward[:2] || translate(outward[3:], 'OIL', '011'),
                '[A-Z]{2}[0-9][0-9A-Z]?'
            ) THEN outward[:2] || translate(outward[3:], 'OIL', '011')
            WHEN regexp_full_match(
                translate(outward[:1], '01', 'OI') || translate(outward[2:], 'OIL', '011'),
                '[A-Z][0-9][0-9A-Z]?'
            ) THEN translate(outward[:1], '01', 'OI') || translate(outward[2:], 'OIL', '011')
        END || ' ' || inward AS british_postcode,
        coalesce(foreign_postcode, british_postcode) AS postcode,
        regexp_extract(line, getvariable('numbered'), ['flat', 'number', 'street']) AS numbered
    FROM halves
),
-- A number that only follows *flat* is the flat's, not the house's.
split AS (
    SELECT
        *,
        numbered.number <> ''
        AND (numbered.flat <> '' OR NOT regexp_matches(line, getvariable('unit'))) AS has_number
    FROM coded
),
parsed AS (
    SELECT
        *,
        CASE
            WHEN NOT has_number THEN
                regexp_extract(line, getvariable('unnumbered'), ['flat', 'first', 'second'])
        END AS unnumbered
    FROM split
),
-- A flat of a named building is what most write as a number in it: flat 3, or 3, Example Court.
streeted AS (
    SELECT
        *,
        unnumbered.flat <> ''
        OR regexp_matches(unnumbered.first, getvariable('street_pattern')) AS first_is_street
    FROM parsed
),
-- Parsed once, for its streets are looked at first.
housed AS MATERIALIZED (
    SELECT
        *,
        CASE
            -- Flat a of number 14 is 14a.
            WHEN has_number AND regexp_full_match(numbered.flat || numbered.number, '[a-z][0-9]+')
                THEN numbered.number || numbered.flat
            WHEN has_number THEN concat_ws(
                '/',
                nullif(numbered.flat, ''),
                replace(numbered.number, ' ', '')
            )
            WHEN first_is_street THEN nullif(unnumbered.flat, '')
            WHEN unnumbered.second <> '' OR postcode IS NOT NULL
                THEN nullif(regexp_replace(unnumbered.first, '^the ', ''), '')
        END AS house,
        CASE
            WHEN has_number THEN numbered.street
            WHEN first_is_street THEN unnumbered.first
            WHEN unnumbered.second <> '' THEN unnumbered.second
            WHEN postcode IS NULL THEN unnumbered.first
        END AS street_said
    FROM streeted
),
roads AS (
    SELECT
        street_said,
        trim(regexp_replace(street_said, '[^a-z0-9]+', ' ', 'g')) AS road,
        coalesce(
            nullif(regexp_extract(road, getvariable('building_end'), 1), ''),
            nullif(regexp_extract(road, getvariable('street_end'), 1), ''),
            nullif(regexp_extract(road, getvariable('short_street_end'), 1), ''),
            road
        ) AS street
    FROM (SELECT DISTINCT street_said FROM housed)
),
streets AS (
    SELECT
        r.street_said,
        r.road,
        coalesce(regexp_extract(r.street, '^(.* )[a-z]+$', 1) || w.word, r.street) AS street
    FROM roads AS r
    LEFT JOIN street_words AS w ON w.short = regexp_extract(r.street, ' ([a-z]+)$', 1)
)
SELECT
    getvariable('last_place') + row_number() OVER () AS number,
    h.said,
    h.uprn_given IS NOT NULL AND h.uprn IS NULL AND ltrim(h.uprn_given, '0') <> '' AS bad_uprn,
    h.postcode_given IS NOT NULL AND h.postcode IS NULL AS bad_postcode,
    as_written(h.said) AS given,
    h.uprn,
    h.postcode,
    CASE
        WHEN has_number THEN h.house
        ELSE nullif(trim(regexp_replace(h.house, '[^a-z0-9/]+', ' ', 'g')), '')
    END AS house,
    nullif(s.street, '') AS street,
    CASE
        WHEN h.kind_given IN ('communal', 'dwelling') THEN h.kind_given = 'communal'
        ELSE coalesce(
            regexp_matches(
                replace(regexp_replace(h.line, '[^a-z0-9]+', ' ', 'g'), coalesce(s.road, '|'), ' '),
                getvariable('communal_pattern')
            ),
            FALSE
        )
    END AS communal
FROM housed AS h
LEFT JOIN streets AS s ON s.street_said = h.street_said
