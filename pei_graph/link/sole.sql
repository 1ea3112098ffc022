-- Homes where two forenames share a birth date and no source knows two people of that date there:
-- one person with two names, or twins of whom every source happens to hold only one. `bits` weigh
-- the first against the second, by how common each is and how often each source that knows the home
-- holds both of a pair of twins, as homes that are known to have twins show.
CREATE OR REPLACE TEMP TABLE sole AS
WITH said AS (
    SELECT DISTINCT
        address_id,
        birth_date,
        source,
        root
    FROM records
    JOIN given_lists USING (forenames)
    SEMI JOIN places USING (address_id)
    WHERE birth_date_quality = 'exact' AND length(forename) > 1
),
shared AS (
    SELECT
        address_id,
        birth_date
    FROM said
    GROUP BY address_id, birth_date
    HAVING count(DISTINCT source) > 1
),
told AS (
    SELECT
        address_id,
        birth_date,
        source,
        count(*) > 1 AS two,
        min(root) AS root
    FROM said
    SEMI JOIN shared USING (address_id, birth_date)
    GROUP BY address_id, birth_date, source
),
homes AS (
    SELECT
        address_id,
        birth_date,
        count(*) FILTER (two) AS two,
        count(DISTINCT root) AS names
    FROM told
    GROUP BY address_id, birth_date
),
-- A source is asked only where another one has shown the twins.
misses AS (
    SELECT
        source,
        (count(*) FILTER (NOT told.two) + 1) / (count(*) + 2) AS missed
    FROM told
    JOIN homes USING (address_id, birth_date)
    WHERE homes.two - told.two::INTEGER > 0
    GROUP BY source
),
seen AS (
    SELECT
        count(*) FILTER (two > 0) AS twins,
        count(*) FILTER (two = 0 AND names > 1) AS others
    FROM homes
)
SELECT
    address_id,
    birth_date,
    log2(others / twins) - sum(log2(coalesce(missed, 1))) AS bits
FROM told
JOIN homes USING (address_id, birth_date)
LEFT JOIN misses USING (source)
CROSS JOIN seen
WHERE homes.two = 0
    AND names > 1
    AND least(twins, others) >= $enough
GROUP BY address_id, birth_date, others, twins;
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
GROUP BY ALL
