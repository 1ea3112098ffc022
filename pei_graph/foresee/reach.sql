-- The records that can end in one person with those already touched: records of one person now, and
-- both ends of a link that is not refused, or of a verdict *same*. Asked again until none is added.
INSERT INTO touched
WITH person AS (
    SELECT DISTINCT m.person_id
    FROM run.members m
    SEMI JOIN touched USING (record_id)
    WHERE m.state = 'accepted'
),
reached AS (
    SELECT m.record_id
    FROM run.members m
    SEMI JOIN person USING (person_id)
    WHERE m.state = 'accepted'
    UNION
    SELECT k.record_r
    FROM run.links k
    SEMI JOIN touched ON touched.record_id = k.record_l
    WHERE k.state <> 'refused'
    UNION
    SELECT k.record_l
    FROM run.links k
    SEMI JOIN touched ON touched.record_id = k.record_r
    WHERE k.state <> 'refused'
    UNION
    SELECT unnest([j.record_l, j.record_r])
    FROM judged_same j
    WHERE j.record_l IN (FROM touched)
        OR j.record_r IN (FROM touched)
)
SELECT record_id
FROM reached
ANTI JOIN touched USING (record_id)
ANTI JOIN hidden USING (record_id)
