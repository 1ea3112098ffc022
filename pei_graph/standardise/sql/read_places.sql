-- Addresses as said that an earlier run has read, as far as anybody still says them.
INSERT INTO places BY NAME
WITH still AS (
    SELECT number
    FROM said.told
    UNION
    SELECT k.number
    FROM said.places AS k
    SEMI JOIN working.said_addresses AS a ON a.said = k.said
)
SELECT
    k.* EXCLUDE (address_id, digest),
    nullif(
        concat_ws(
            ', ',
            nullif(split_part(k.said, chr(31), 2), ''),
            nullif(split_part(k.said, chr(31), 3), '')
        ),
        ''
    ) AS given
FROM said.places AS k
SEMI JOIN still ON still.number = k.number
