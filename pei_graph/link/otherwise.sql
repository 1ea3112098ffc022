-- Records that say something else now than in the last run, or that came or went: all that others take
-- from them starts here.
CREATE OR REPLACE TEMP TABLE otherwise AS
WITH told AS (
    SELECT record_id, {told} AS digest
    FROM records
    SEMI JOIN restated USING (record_id)
),
told_before AS (
    SELECT record_id, {told} AS digest
    FROM before.records
    SEMI JOIN restated USING (record_id)
),
numbered AS (
    SELECT record_id, scheme, value, valid
    FROM identifiers
    SEMI JOIN restated USING (record_id)
),
numbered_before AS (
    SELECT record_id, scheme, value, valid
    FROM before.identifiers
    SEMI JOIN restated USING (record_id)
),
related AS (
    SELECT record_id, other_record_id, type = 'parent' AS parent
    FROM facts
    SEMI JOIN restated USING (record_id)
    WHERE kind = 'relationship'
),
related_before AS (
    SELECT record_id, other_record_id, type = 'parent' AS parent
    FROM before.facts
    SEMI JOIN restated USING (record_id)
    WHERE kind = 'relationship'
),
other_places AS (
    SELECT coalesce(now_is.address_id, was.address_id) AS address_id
    FROM (FROM addresses SEMI JOIN readdressed USING (address_id) WHERE kind = 'dwelling') AS now_is
    FULL JOIN (FROM before.addresses SEMI JOIN readdressed USING (address_id) WHERE kind = 'dwelling') AS was
        USING (address_id)
    WHERE now_is.address_id IS NULL OR was.address_id IS NULL
)
SELECT record_id
FROM told
FULL JOIN told_before USING (record_id)
WHERE told.digest IS DISTINCT FROM told_before.digest
UNION
SELECT record_id
FROM (
    (FROM numbered EXCEPT FROM numbered_before)
    UNION ALL
    (FROM numbered_before EXCEPT FROM numbered)
)
UNION
SELECT record_id
FROM (
    (FROM related EXCEPT FROM related_before)
    UNION ALL
    (FROM related_before EXCEPT FROM related)
)
UNION
SELECT record_id
FROM records
SEMI JOIN other_places USING (address_id)
