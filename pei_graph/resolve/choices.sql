-- Which group each id chooses, and which ids that were joined name a group again. First of what an id
-- named before a join the group that holds most; `alone` says that it is most of the group, too.
CREATE OR REPLACE TEMP TABLE once_most AS
WITH once AS (
    SELECT id, record_id, count(*) OVER (PARTITION BY id) AS records
    FROM last_register
    WHERE kind = 'once'
        AND id LIKE $letter || '-%'
),
part AS (
    SELECT substr(once.id, 3)::BIGINT AS old, c.label, count(*) AS units
    FROM once
    JOIN node ON node.record_id = once.record_id
    JOIN cluster c ON c.code = node.code
    GROUP BY once.id, once.records, c.label
    HAVING 2 * count(*) > once.records
)
SELECT
    old,
    part.label AS new,
    units,
    2 * units > count(*) AS alone,
    old IN (SELECT old FROM claim) AS in_use
FROM part
JOIN cluster c ON c.label = part.label
GROUP BY old, part.label, units;
CREATE OR REPLACE TEMP TABLE choice AS
WITH chosen AS (
    SELECT old, new, units
    FROM claim
    QUALIFY row_number() OVER (PARTITION BY old ORDER BY units DESC, remembered DESC, new) = 1
),
-- An id goes back to what it named where the larger part is whom it was joined with.
parted AS (
    SELECT chosen.old, mine.new
    FROM chosen
    JOIN once_most mine ON mine.old = chosen.old AND mine.new <> chosen.new
    SEMI JOIN (FROM once_most WHERE NOT in_use) AS theirs ON theirs.new = chosen.new
    WHERE mine.alone
        AND mine.new NOT IN (SELECT new FROM chosen)
    QUALIFY row_number() OVER (PARTITION BY mine.new ORDER BY mine.units DESC, chosen.old) = 1
)
SELECT
    chosen.old,
    coalesce(parted.new, chosen.new) AS new,
    row_number() OVER (
        PARTITION BY coalesce(parted.new, chosen.new)
        ORDER BY CASE WHEN $letter = 'F' THEN chosen.units END DESC, chosen.old
    ) = 1 AS keeps
FROM chosen
LEFT JOIN parted ON parted.old = chosen.old;
CREATE OR REPLACE TEMP TABLE called_again AS
SELECT old, new
FROM once_most
WHERE NOT in_use
    AND new NOT IN (SELECT new FROM choice)
QUALIFY row_number() OVER (PARTITION BY new ORDER BY units DESC, old) = 1;
DROP TABLE once_most
