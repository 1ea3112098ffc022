-- The records that can end in one person with those that were reached last, as far as an index finds
-- them: records of one person now, which `held` holds, the right ends of links that are not refused, and
-- both ends of verdicts *same*. An index is asked only where nothing else is, so what it finds is sifted
-- afterwards.
CREATE OR REPLACE TABLE led AS
SELECT k.record_r AS record_id, k.state
FROM run.links k
SEMI JOIN newly ON newly.record_id = k.record_l;
CREATE OR REPLACE TABLE reached AS
SELECT record_id
FROM held
WHERE state = 'accepted'
UNION
SELECT record_id
FROM led
WHERE state <> 'refused'
UNION
SELECT unnest([j.record_l, j.record_r])
FROM judged_same j
WHERE j.record_l IN (FROM newly)
    OR j.record_r IN (FROM newly)
