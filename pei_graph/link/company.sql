-- Pairs of records that keep the same company: one forename, and beside each, in its own source, a
-- person of one forename and birth date, or at home with that person in any source. Only pairs that
-- lack a birth date need it, and those of one birth date under two surnames.
CREATE OR REPLACE TEMP TABLE neighbours AS
SELECT
    n,
    other
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
WITH needing AS MATERIALIZED (
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
CREATE OR REPLACE TEMP TABLE company_found AS
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
DROP TABLE related;
DROP TABLE grouped;
DROP TABLE housed;
DROP TABLE several;
DROP TABLE neighbours;
DROP TABLE kept
