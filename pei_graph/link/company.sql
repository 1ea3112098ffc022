-- Pairs of records that keep the same company: one forename, and beside each, in its own source, a
-- person of one forename and birth date, or at home with that person in any source. Only pairs that
-- lack a birth date need it, and those of one birth date under two surnames. What records share is
-- compared by its hash: numbers are joined in half the time of texts.
CREATE OR REPLACE TEMP TABLE standing AS
SELECT
    n,
    record_id,
    source,
    birth_date IS NULL AS undated,
    CASE WHEN root IS NOT NULL THEN hash(root) END AS root,
    CASE WHEN root IS NOT NULL AND birth_date IS NOT NULL THEN hash(root, birth_date) END AS born,
    CASE WHEN forename IS NOT NULL AND birth_date IS NOT NULL THEN hash(forename, birth_date) END AS who,
    CASE WHEN surname IS NOT NULL THEN hash(surname) END AS surname,
    CASE WHEN initial IS NOT NULL AND surname IS NOT NULL THEN hash(initial, surname) END AS called,
    CASE WHEN place IS NOT NULL THEN hash(place) END AS place,
    CASE WHEN place IS NOT NULL THEN hash(source, place) END AS household
FROM comparables;
CREATE OR REPLACE TEMP TABLE neighbours AS
WITH related AS MATERIALIZED (
    SELECT
        l.n,
        r.n AS other
    FROM facts
    JOIN standing AS l ON l.record_id = facts.record_id
    JOIN standing AS r ON r.record_id = facts.other_record_id
    WHERE facts.kind = 'relationship'
),
grouped AS MATERIALIZED (
    SELECT
        standing.n,
        hash('case', records.case_family) AS household
    FROM records
    JOIN standing USING (record_id)
    WHERE records.case_family IS NOT NULL
    UNION ALL
    SELECT
        n,
        household
    FROM standing
    WHERE household IS NOT NULL
),
housed AS MATERIALIZED (
    FROM grouped
    SEMI JOIN (
        SELECT household
        FROM grouped
        GROUP BY household
        HAVING count(*) BETWEEN 2 AND $crowd
    ) AS small USING (household)
)
SELECT
    n,
    other
FROM related
UNION ALL
SELECT
    other,
    n
FROM related
UNION ALL
SELECT
    l.n,
    r.n
FROM housed AS l
JOIN housed AS r USING (household)
WHERE l.n <> r.n;
-- Beside whom those stand who need it.
CREATE OR REPLACE TEMP TABLE kept AS
WITH several AS (
    SELECT born
    FROM standing
    WHERE born IS NOT NULL
    GROUP BY born
    HAVING min(surname) <> max(surname) AND count(*) <= $crowd
),
needing AS MATERIALIZED (
    SELECT
        n,
        root,
        born,
        surname,
        called,
        undated
    FROM standing
    WHERE root IS NOT NULL
        AND (undated OR born IN (SELECT born FROM several))
),
beside AS (
    SELECT DISTINCT
        own.n,
        other.who
    FROM neighbours
    JOIN needing AS own ON own.n = neighbours.n
    JOIN standing AS other ON other.n = neighbours.other
    WHERE other.who IS NOT NULL AND own.root <> other.root
)
SELECT
    needing.*,
    beside.who
FROM beside
JOIN needing USING (n);
CREATE OR REPLACE TABLE company AS
WITH homes AS (
    SELECT DISTINCT
        place,
        who
    FROM standing
    WHERE place IS NOT NULL AND who IS NOT NULL
),
renamed AS (
    FROM kept
    WHERE NOT undated
),
vouching AS (
    SELECT
        n,
        who,
        root
    FROM standing
    WHERE who IN (SELECT who FROM kept WHERE undated)
),
vouched AS (
    SELECT DISTINCT
        own.n,
        own.root,
        vouching.who
    FROM vouching
    JOIN neighbours ON neighbours.n = vouching.n
    JOIN standing AS own ON own.n = neighbours.other
    WHERE own.root <> vouching.root
),
raised AS (
    SELECT
        n,
        source,
        unnest(parent_of) AS child
    FROM comparables
    WHERE parent_of IS NOT NULL
),
beside AS (
    SELECT
        l.n,
        r.n AS other
    FROM kept AS l
    JOIN vouched AS r ON r.root = l.root AND r.who = l.who
    WHERE l.undated
    UNION ALL
    SELECT
        l.n,
        r.n
    FROM renamed AS l
    JOIN renamed AS r USING (born, who)
    WHERE l.surname <> r.surname
    UNION ALL
    SELECT
        l.n,
        r.n
    FROM renamed AS l
    JOIN homes USING (who)
    JOIN standing AS r ON r.place = homes.place AND r.born = l.born
    WHERE l.surname <> r.surname
    UNION ALL
    SELECT
        kept.n,
        r.n
    FROM kept
    JOIN homes USING (who)
    JOIN standing AS r ON r.place = homes.place
    WHERE kept.undated
        AND (r.root = kept.root OR r.called = kept.called)
    UNION ALL
    SELECT
        l.n,
        r.n
    FROM raised AS l
    JOIN raised AS r USING (child)
    WHERE l.n < r.n AND l.source <> r.source
)
SELECT DISTINCT
    least(n, other) AS n_l,
    greatest(n, other) AS n_r
FROM beside
WHERE n <> other;
DROP TABLE standing;
DROP TABLE neighbours;
DROP TABLE kept
