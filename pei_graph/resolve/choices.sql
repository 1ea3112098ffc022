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
CREATE OR REPLACE TEMP TABLE chosen AS
WITH by_part AS (
    SELECT old, new, units
    FROM claim
    QUALIFY row_number() OVER (PARTITION BY old ORDER BY units DESC, remembered DESC, new) = 1
),
-- An id goes back to what it named where the larger part is whom it was joined with; not to records
-- that come back, of whom it was not in the last run.
parted AS (
    SELECT by_part.old, mine.new
    FROM by_part
    JOIN once_most mine ON mine.old = by_part.old AND mine.new <> by_part.new
    SEMI JOIN (FROM claim WHERE units > 0) AS still ON still.old = mine.old AND still.new = mine.new
    SEMI JOIN (FROM once_most WHERE NOT in_use) AS theirs ON theirs.new = by_part.new
    WHERE mine.alone
        AND mine.new NOT IN (SELECT new FROM by_part)
    QUALIFY row_number() OVER (PARTITION BY mine.new ORDER BY mine.units DESC, by_part.old) = 1
)
SELECT by_part.old, coalesce(parted.new, by_part.new) AS new, by_part.units
FROM by_part
LEFT JOIN parted ON parted.old = by_part.old;
-- One that is no longer used is used again where no older id chose the group.
CREATE OR REPLACE TEMP TABLE called_again AS
WITH oldest AS (
    SELECT new, min(old) AS old
    FROM chosen
    GROUP BY new
)
SELECT o.old, o.new, r.person_id AS heir
FROM once_most o
JOIN last_register r ON r.kind = 'retired' AND r.id = $letter || '-' || o.old
LEFT JOIN oldest ON oldest.new = o.new
WHERE NOT o.in_use
    AND (oldest.old IS NULL OR o.old < oldest.old)
QUALIFY row_number() OVER (PARTITION BY o.new ORDER BY o.units DESC, o.old) = 1;
CREATE OR REPLACE TEMP TABLE choice AS
SELECT
    old,
    new,
    new NOT IN (SELECT new FROM called_again)
        AND row_number() OVER (
            PARTITION BY new
            ORDER BY CASE WHEN $letter = 'F' THEN units END DESC, old
        ) = 1 AS keeps
FROM chosen;
DROP TABLE chosen
