-- Records that are new or gone, or of which something else is told than in the last run.
INSERT INTO retold
WITH told AS (
    SELECT record_id, {told} AS digest, case_family
    FROM records
    SEMI JOIN restated USING (record_id)
),
told_before AS (
    SELECT record_id, {told} AS digest, case_family
    FROM before.records
    SEMI JOIN restated USING (record_id)
),
said AS MATERIALIZED (
    SELECT record_id, other_record_id, kind, type, address_id, from_date, to_date
    FROM facts
    SEMI JOIN restated USING (record_id)
),
said_before AS MATERIALIZED (
    SELECT record_id, other_record_id, kind, type, address_id, from_date, to_date
    FROM before.facts
    SEMI JOIN restated USING (record_id)
),
stated AS (
    SELECT
        record_id,
        other_record_id,
        hash(other_record_id, type, address_id, from_date, to_date) AS digest
    FROM said
    WHERE kind IN ('address', 'relationship')
        OR type IN ('death', 'adoption_order', 'looked_after')
),
stated_before AS (
    SELECT
        record_id,
        other_record_id,
        hash(other_record_id, type, address_id, from_date, to_date) AS digest
    FROM said_before
    WHERE kind IN ('address', 'relationship')
        OR type IN ('death', 'adoption_order', 'looked_after')
),
dealt AS (
    SELECT record_id, max(from_date) AS day
    FROM said
    WHERE kind = 'involvement'
    GROUP BY record_id
),
dealt_before AS (
    SELECT record_id, max(from_date) AS day
    FROM said_before
    WHERE kind = 'involvement'
    GROUP BY record_id
),
other_families AS (
    SELECT unnest([told.case_family, told_before.case_family]) AS case_family
    FROM told
    FULL JOIN told_before USING (record_id)
    WHERE told.case_family IS DISTINCT FROM told_before.case_family
),
restated_so AS (
    (FROM stated ANTI JOIN stated_before USING (record_id, digest))
    UNION ALL
    (FROM stated_before ANTI JOIN stated USING (record_id, digest))
),
place AS (
    SELECT address_id, hash(kind, postcode, house, street) AS digest
    FROM addresses
    SEMI JOIN readdressed USING (address_id)
),
place_before AS (
    SELECT address_id, hash(kind, postcode, house, street) AS digest
    FROM before.addresses
    SEMI JOIN readdressed USING (address_id)
),
other_places AS (
    SELECT address_id
    FROM place
    FULL JOIN place_before USING (address_id)
    WHERE place.digest IS DISTINCT FROM place_before.digest
),
-- Whatever began after a death puts it in doubt.
said_dead AS (
    SELECT person_id
    FROM before.persons
    WHERE died IS NOT NULL OR said_died IS NOT NULL
),
other_beginnings AS (
    (
        SELECT source, min(first_seen) FROM records GROUP BY source
        EXCEPT
        SELECT source, min(first_seen) FROM before.records GROUP BY source
    )
)
SELECT record_id
FROM told
FULL JOIN told_before USING (record_id)
WHERE told.digest IS DISTINCT FROM told_before.digest
UNION
SELECT unnest([record_id, other_record_id])
FROM restated_so
UNION
SELECT record_id
FROM dealt
FULL JOIN dealt_before USING (record_id)
WHERE dealt.day IS DISTINCT FROM dealt_before.day
UNION
SELECT record_id
FROM restated
WHERE record_id IN (
    SELECT record_id
    FROM before.members
    SEMI JOIN said_dead USING (person_id)
    WHERE state = 'accepted'
)
UNION
SELECT record_id
FROM facts
SEMI JOIN other_places USING (address_id)
WHERE kind = 'address'
UNION
SELECT record_id
FROM records
SEMI JOIN other_places USING (address_id)
UNION
SELECT record_id
FROM records
SEMI JOIN other_families USING (case_family)
UNION
SELECT record_id
FROM records
SEMI JOIN other_beginnings USING (source)
