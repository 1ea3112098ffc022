-- Which dwelling is meant by an address that lacks its house, its postcode or its flat: the only one that
-- fits of those where a record of the same surname is said to live. Sealed people are left out of it.
CREATE OR REPLACE TEMP TABLE meant AS
WITH place AS (
    SELECT
        address_id,
        postcode,
        house,
        street,
        kind,
        kind = 'dwelling' AND house IS NOT NULL AND postcode IS NOT NULL AS whole
    FROM addresses
    WHERE kind <> 'communal'
        AND (postcode IS NOT NULL OR (house IS NOT NULL AND street IS NOT NULL))
),
lacking AS MATERIALIZED (
    FROM place
    WHERE NOT whole
),
fitting AS MATERIALIZED (
    SELECT l.address_id AS told, p.address_id
    FROM lacking l
    JOIN place p
        ON p.postcode = l.postcode
        AND coalesce(p.house = l.house, true)
        AND coalesce(p.street = l.street, true)
    WHERE p.whole
    UNION ALL
    SELECT l.address_id, p.address_id
    FROM lacking l
    JOIN place p ON p.house = l.house AND p.street = l.street
    WHERE l.postcode IS NULL
        AND p.whole
    UNION ALL
    SELECT l.address_id, p.address_id
    FROM lacking l
    JOIN place p ON p.postcode = l.postcode
    WHERE l.kind = 'block'
        AND p.whole
        AND CASE
            WHEN p.street = l.street THEN suffix(p.house, '/' || l.house)
            ELSE p.street = l.house
        END
),
named AS MATERIALIZED (
    SELECT DISTINCT c.label, s.address_id, spelling.name_rank AS surname
    FROM statement s
    JOIN cluster c ON c.code = s.code
    JOIN spoken ON spoken.code = s.code
    JOIN spelling ON spelling.spelling = spoken.surname
    ANTI JOIN (SELECT label FROM person WHERE sealed) closed ON closed.label = c.label
    WHERE coalesce(s.to_date >= $as_of, true)
        AND s.address_id IN (SELECT unnest([told, address_id]) FROM fitting)
),
-- Kept apart from what follows: those of a surname are many, those who may be meant by one address few.
might_be AS MATERIALIZED (
    SELECT v.label, v.surname, f.told, f.address_id
    FROM named v
    JOIN fitting f ON f.told = v.address_id
)
SELECT v.label, v.told, min(home.address_id) AS address_id
FROM might_be v
JOIN named home ON home.address_id = v.address_id AND home.surname = v.surname
GROUP BY v.label, v.told
HAVING min(home.address_id) = max(home.address_id)
