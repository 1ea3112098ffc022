-- Pairs of records that keep the same company: one forename, and beside each, in its own source, a
-- person of one forename and birth date, or at home with that person in any source. Only pairs that
-- lack a birth date need it, and those of one birth date under two surnames.
CREATE OR REPLACE TEMP TABLE kept AS
WITH related AS (
    SELECT
        l.n,
        r.n AS other
    FROM facts
    JOIN comparables AS l ON l.record_id = facts.record_id
    JOIN comparables AS r ON r.record_id = facts.other_record_id
    WHERE facts.kind = 'relationship'
),
grouped AS (
    SELECT
        n,
        'case:' || case_family AS household
    FROM comparables
    JOIN records USING (record_id)
    WHERE case_family IS NOT NULL
    UNION ALL
    SELECT
        n,
        source || ':' || place AS household
    FROM comparables
    WHERE place IS NOT NULL
),
households AS (
    SELECT household
    FROM grouped
    GROUP BY household
    HAVING count(*) BETWEEN 2 AND $crowd
),
housed AS (
    SELECT
        n,
        household
    FROM grouped
    SEMI JOIN households USING (household)
),
neighbours AS (
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
    WHERE l.n <> r.n
)
SELECT DISTINCT
    own.n,
    own.root,
    own.initial,
    own.surname,
    own.birth_date AS born,
    own.birth_date IS NULL AS undated,
    other.forename,
    other.birth_date
FROM neighbours
JOIN comparables AS own ON own.n = neighbours.n
JOIN comparables AS other ON other.n = neighbours.other
WHERE other.birth_date IS NOT NULL
    AND other.forename IS NOT NULL
    AND own.root <> other.root;
CREATE OR REPLACE TABLE company AS
WITH homes AS (
    SELECT DISTINCT
        place,
        forename,
        birth_date
    FROM comparables
    WHERE place IS NOT NULL AND birth_date IS NOT NULL
),
renamed AS (
    SELECT kept.*
    FROM kept
    SEMI JOIN (
        SELECT
            root,
            birth_date
        FROM comparables
        WHERE birth_date IS NOT NULL
        GROUP BY root, birth_date
        HAVING min(surname) <> max(surname) AND count(*) <= $crowd
    ) AS several ON several.root = kept.root AND several.birth_date = kept.born
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
    JOIN kept AS r
        ON l.root = r.root
        AND l.forename = r.forename
        AND l.birth_date = r.birth_date
    WHERE l.undated
    UNION
    SELECT
        l.n,
        r.n
    FROM renamed AS l
    JOIN renamed AS r USING (root, born, forename, birth_date)
    WHERE l.surname <> r.surname
    UNION
    SELECT
        l.n,
        r.n
    FROM renamed AS l
    JOIN homes USING (forename, birth_date)
    JOIN comparables AS r
        ON r.place = homes.place
        AND r.root = l.root
        AND r.birth_date = l.born
    WHERE l.surname <> r.surname
    UNION
    SELECT
        kept.n,
        r.n
    FROM kept
    JOIN homes USING (forename, birth_date)
    JOIN comparables AS r ON r.place = homes.place
    WHERE kept.undated
        AND (r.root = kept.root OR (r.initial = kept.initial AND r.surname = kept.surname))
)
SELECT DISTINCT
    least(n, other) AS n_l,
    greatest(n, other) AS n_r
FROM beside
WHERE n <> other
UNION
SELECT
    l.n,
    r.n
FROM raised AS l
JOIN raised AS r USING (child)
WHERE l.n < r.n AND l.source <> r.source
