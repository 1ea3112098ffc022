-- Records whose row of `comparables` may differ from the last run's: whatever was made again, and
-- whoever others give other names, numbers or dates. `affected` are those whose row does.
CREATE OR REPLACE TEMP TABLE recompared AS
WITH sole_at AS (
    SELECT place, strftime(birth_date, '%Y%m%d') AS birth_date, bits
    FROM sole
    JOIN places USING (address_id)
),
two_named AS (
    SELECT strftime(birth_date, '%Y%m%d') AS birth_date, surname, root, other_roots
    FROM two_names
),
named_at AS (
    SELECT place, surname, root, home_names
    FROM home_names
    JOIN places USING (address_id)
),
other_places AS (
    SELECT coalesce(now_is.address_id, was.address_id) AS address_id
    FROM (FROM addresses WHERE kind = 'dwelling') AS now_is
    FULL JOIN (FROM before.addresses WHERE kind = 'dwelling') AS was USING (address_id)
    WHERE now_is.address_id IS NULL OR was.address_id IS NULL
)
SELECT record_id
FROM comparables AS c
LEFT JOIN strong_identifiers AS strong USING (record_id)
LEFT JOIN parent_of USING (record_id)
LEFT JOIN sole_at ON sole_at.place = c.place AND sole_at.birth_date = c.birth_date
LEFT JOIN two_named
    ON two_named.birth_date = c.birth_date
    -- One name in both fields stands in the first alone.
    AND two_named.surname = coalesce(c.surname, c.forename)
    AND two_named.root = c.root
LEFT JOIN named_at
    ON named_at.place = c.place
    AND named_at.surname = coalesce(c.surname, c.forename)
    AND named_at.root = c.root
WHERE c.identifiers IS DISTINCT FROM strong.identifiers
    OR c.parent_of IS DISTINCT FROM parent_of.parent_of
    OR c.renamed_parent_of IS DISTINCT FROM parent_of.renamed_parent_of
    OR c.sole IS DISTINCT FROM sole_at.bits
    OR c.other_roots IS DISTINCT FROM two_named.other_roots
    OR c.home_names IS DISTINCT FROM named_at.home_names
UNION
SELECT record_id
FROM remade
UNION
SELECT record_id
FROM facts
SEMI JOIN remade ON remade.record_id = facts.other_record_id
WHERE kind = 'relationship' AND type = 'parent'
UNION
SELECT record_id
FROM records
SEMI JOIN other_places USING (address_id)
