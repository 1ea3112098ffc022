-- Every identifier as said, once: normalised, and whether its form and check digit hold. The letter
-- that ends a National Insurance number tells nobody apart, and many exports leave it out.
CREATE OR REPLACE TEMP TABLE identifier_forms AS
WITH said AS (
    SELECT DISTINCT scheme, given FROM working.said_identifiers
),
plain AS (
    SELECT
        scheme,
        given,
        -- A spreadsheet's whole number has a point.
        letters_and_digits(regexp_replace(given, '^([0-9 -]+)[.]0+$', '\1')) AS written
    FROM said
),
normal AS (
    SELECT
        scheme,
        given,
        CASE
            WHEN scheme = 'nino' THEN regexp_replace(written, '^([A-Z]{2}[0-9]{6})[A-D]$', '\1')
            WHEN scheme IN ('upn', 'nhs_number', 'uln') THEN written
            ELSE without_zeros(written)
        END AS value
    FROM plain
)
SELECT
    scheme,
    given,
    value,
    value = ''
    OR replace(value, '0', '') = ''
    OR (
        scheme IN ('upn', 'nhs_number', 'nino', 'uln')
        AND (
            replace(value, value[1], '') = ''
            OR list_contains(getvariable('not_an_identifier'), value)
        )
    ) AS placeholder,
    CASE scheme
        WHEN 'upn' THEN valid_upn(value)
        WHEN 'nhs_number' THEN valid_nhs_number(value)
        WHEN 'nino' THEN valid_nino(value)
        WHEN 'uln' THEN valid_uln(value)
        ELSE TRUE
    END AS valid
FROM normal
