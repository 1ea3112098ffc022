-- The rows that differ take the place of the last run's; all have their numbers of this run.
CREATE OR REPLACE TEMP TABLE affected AS
WITH now_is AS (
    SELECT record_id, {compared} AS digest
    FROM again.comparables
),
was AS (
    SELECT record_id, {compared} AS digest
    FROM comparables
    -- Found by one column: the fifty others are read only where any is.
    WHERE rowid IN (SELECT rowid FROM comparables SEMI JOIN recompared USING (record_id))
)
SELECT record_id
FROM now_is
FULL JOIN was USING (record_id)
WHERE now_is.digest IS DISTINCT FROM was.digest;
CREATE OR REPLACE TEMP TABLE other_identifier_pairs AS
WITH now_is AS (
    SELECT record_l, record_r
    FROM again.identifier_pairs
    WHERE record_l IN (SELECT record_id FROM recompared)
        AND record_r IN (SELECT record_id FROM recompared)
),
was AS (
    SELECT rowid AS place, record_l, record_r
    FROM identifier_pairs
    WHERE record_l IN (SELECT record_id FROM recompared)
        AND record_r IN (SELECT record_id FROM recompared)
)
SELECT record_l, record_r, place
FROM was
ANTI JOIN now_is USING (record_l, record_r)
UNION ALL
SELECT record_l, record_r, NULL AS place
FROM now_is
ANTI JOIN was USING (record_l, record_r);
DELETE FROM identifier_pairs
WHERE rowid IN (SELECT place FROM other_identifier_pairs WHERE place IS NOT NULL);
INSERT INTO identifier_pairs
SELECT record_l, record_r
FROM other_identifier_pairs
WHERE place IS NULL;
CREATE OR REPLACE TEMP TABLE renumbered AS
SELECT n AS was, n + shift AS n
FROM comparables
JOIN (FROM moved WHERE NOT anew) AS moved USING (source)
UNION ALL
SELECT c.n AS was, numbered.n
FROM comparables AS c
SEMI JOIN (FROM moved WHERE anew) AS moved USING (source)
JOIN numbered USING (record_id);
DELETE FROM comparables
WHERE record_id IN (SELECT record_id FROM affected);
UPDATE comparables
SET n = n + shift
FROM (FROM moved WHERE shift <> 0 AND NOT anew) AS moved
WHERE moved.source = comparables.source;
UPDATE comparables
SET n = numbered.n
FROM numbered
WHERE numbered.record_id = comparables.record_id AND numbered.n <> comparables.n;
DROP TABLE moved;
INSERT INTO comparables
FROM again.comparables
SEMI JOIN affected USING (record_id)
