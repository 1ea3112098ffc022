-- Every identifier as said, once: normalised, and whether its form and check digit hold.
CREATE OR REPLACE TEMP TABLE identifier_forms AS
WITH said AS (
    SELECT DISTINCT scheme, given FROM working.said_identifiers
),
normal AS (
    SELECT
        scheme,
        given,
        regexp_replace(
            upper(
                -- A spreadsheet's whole number.
                CASE
                    WHEN scheme IN ('nhs_number', 'uln') THEN regexp_replace(given, '[.]0+$', '')
                    ELSE given
                END
            ),
            '[^A-Z0-9]',
            '',
            'g'
        ) AS value
    FROM said
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
