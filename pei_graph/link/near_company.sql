-- Records whose company may be otherwise: those that are themselves or were, and whoever shares a home,
-- a family, a relationship, or a forename and birth date with what they say or said.
CREATE OR REPLACE TEMP TABLE asked AS
WITH own AS MATERIALIZED (
    FROM standing
    SEMI JOIN changed USING (code)
),
families AS (
    SELECT household
    FROM grouped
    SEMI JOIN own USING (n)
    UNION ALL
    SELECT hash('case', case_family)
    FROM before.records
    WHERE case_family IS NOT NULL AND hash(record_id) IN (SELECT code FROM changed)
),
once_related AS (
    SELECT hash(other_record_id) AS code
    FROM before.facts
    WHERE kind = 'relationship' AND hash(record_id) IN (SELECT code FROM changed)
),
reached AS (
    SELECT n
    FROM own
    UNION
    SELECT n
    FROM standing
    SEMI JOIN own USING (place)
    UNION
    SELECT n
    FROM standing
    SEMI JOIN own USING (born)
    UNION
    SELECT n
    FROM standing
    SEMI JOIN once_related USING (code)
    UNION
    SELECT n
    FROM grouped
    SEMI JOIN families USING (household)
    UNION
    SELECT other
    FROM related
    SEMI JOIN own USING (n)
)
SELECT n
FROM reached
WHERE n IS NOT NULL;
DELETE FROM standing
WHERE n IS NULL;
-- Beside whom and at home with whom they are.
CREATE OR REPLACE TEMP TABLE with_asked AS
WITH concerned AS (
    SELECT household
    FROM grouped
    SEMI JOIN asked USING (n)
),
small AS (
    SELECT household
    FROM grouped
    SEMI JOIN concerned USING (household)
    GROUP BY household
    HAVING count(*) BETWEEN 2 AND $crowd
),
members AS MATERIALIZED (
    FROM grouped
    SEMI JOIN small USING (household)
)
SELECT n, other
FROM related
SEMI JOIN asked USING (n)
UNION ALL
SELECT l.n, r.n AS other
FROM (FROM members SEMI JOIN asked USING (n)) AS l
JOIN members AS r USING (household)
UNION ALL
SELECT l.n, r.n AS other
FROM (FROM standing SEMI JOIN asked USING (n)) AS l
JOIN standing AS r USING (place);
-- By what another may be paired with them: as they are called, and of whom they keep the company.
CREATE OR REPLACE TEMP TABLE company_key AS
WITH told AS (
    SELECT
        own.root,
        own.called,
        other.who
    FROM with_asked
    JOIN standing AS own ON own.n = with_asked.n
    JOIN standing AS other ON other.n = with_asked.other
    WHERE other.who IS NOT NULL
)
SELECT who, hash(root, who) AS key
FROM told
WHERE root IS NOT NULL
UNION
SELECT who, hash(called, who)
FROM told
WHERE called IS NOT NULL;
-- Those, and all who are called so beside or at home with one of that forename and birth date.
CREATE OR REPLACE TEMP TABLE near_company AS
WITH vouching AS MATERIALIZED (
    SELECT n, who, place
    FROM standing
    SEMI JOIN company_key USING (who)
),
concerned AS (
    SELECT household
    FROM grouped
    SEMI JOIN vouching USING (n)
),
small AS (
    SELECT household
    FROM grouped
    SEMI JOIN concerned USING (household)
    GROUP BY household
    HAVING count(*) BETWEEN 2 AND $crowd
),
members AS MATERIALIZED (
    FROM grouped
    SEMI JOIN small USING (household)
),
beside AS (
    SELECT
        vouching.n,
        vouching.who,
        related.other
    FROM vouching
    JOIN related USING (n)
    UNION ALL
    SELECT
        vouching.n,
        vouching.who,
        r.n AS other
    FROM vouching
    JOIN members AS l ON l.n = vouching.n
    JOIN members AS r ON r.household = l.household
    UNION ALL
    SELECT
        vouching.n,
        vouching.who,
        r.n AS other
    FROM vouching
    JOIN standing AS r ON r.place = vouching.place
),
alike AS MATERIALIZED (
    SELECT
        beside.n,
        beside.other
    FROM beside
    JOIN standing AS other ON other.n = beside.other
    WHERE hash(other.root, beside.who) IN (SELECT key FROM company_key)
        OR hash(other.called, beside.who) IN (SELECT key FROM company_key)
)
SELECT n
FROM asked
UNION
SELECT other
FROM with_asked
UNION
SELECT unnest([n, other])
FROM alike;
-- Of them the same is asked as of all. What is a crowd, and who has several surnames, all tell.
CREATE OR REPLACE TEMP TABLE housed AS
WITH concerned AS (
    SELECT household
    FROM grouped
    SEMI JOIN near_company USING (n)
),
small AS (
    SELECT household
    FROM grouped
    SEMI JOIN concerned USING (household)
    GROUP BY household
    HAVING count(*) BETWEEN 2 AND $crowd
)
FROM grouped
SEMI JOIN small USING (household)
SEMI JOIN near_company USING (n);
CREATE OR REPLACE TEMP TABLE several AS
WITH concerned AS (
    SELECT born
    FROM standing
    SEMI JOIN near_company USING (n)
)
SELECT born
FROM standing
SEMI JOIN concerned USING (born)
GROUP BY born
HAVING min(surname) <> max(surname) AND count(*) <= $crowd;
CREATE OR REPLACE TEMP TABLE standing AS
FROM standing
SEMI JOIN near_company USING (n);
CREATE OR REPLACE TEMP TABLE related AS
FROM related
SEMI JOIN near_company USING (n);
DROP TABLE with_asked;
DROP TABLE company_key;
DROP TABLE near_company
