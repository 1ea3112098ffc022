-- Homes where two forenames share a birth date and no source knows two people of that date there:
-- one person with two names, or twins of whom every source happens to hold only one. `bits` weigh
-- the first against the second, by how common each is and how often each source that knows the home
-- holds both of a pair of twins, as homes that are known to have twins show.
CREATE OR REPLACE TEMP TABLE sole AS
SELECT
    address_id,
    birth_date,
    -- In the order of the sources: sums of fractions differ by their order.
    any_value(twin_homes.bits) - sum(log2(coalesce(missed, 1)) ORDER BY source) AS bits
FROM told
JOIN homes USING (address_id, birth_date)
LEFT JOIN source_misses USING (source)
CROSS JOIN twin_homes
WHERE homes.two = 0
    AND names > 1
GROUP BY address_id, birth_date;
-- The other forenames of a child of two names, wherever else the child is on record.
CREATE OR REPLACE TEMP TABLE two_names AS
WITH called AS (
    SELECT DISTINCT
        address_id,
        birth_date,
        surname,
        root
    FROM records
    JOIN given_lists USING (forenames)
    JOIN sole USING (address_id, birth_date)
    WHERE birth_date_quality = 'exact' AND bits >= $sure
)
SELECT
    l.birth_date,
    l.surname,
    l.root,
    list_sort(list(DISTINCT r.root)) AS other_roots
FROM called AS l
JOIN called AS r USING (address_id, birth_date)
WHERE l.root <> r.root
GROUP BY ALL;
-- Where a source itself gives somebody two forenames: all of them, for whoever bears one of them and
-- the surname at the same dwelling.
CREATE OR REPLACE TEMP TABLE home_names AS
WITH several AS (
    SELECT DISTINCT
        address_id,
        surname,
        aliases
    FROM records
    JOIN given_lists USING (forenames)
    SEMI JOIN places USING (address_id)
    WHERE length(given) > 1
),
borne AS (
    SELECT
        address_id,
        surname,
        unnest(aliases) AS root,
        aliases
    FROM several
)
SELECT
    address_id,
    surname,
    root,
    list_sort(list_distinct(flatten(list(aliases)))) AS home_names
FROM borne
GROUP BY address_id, surname, root
