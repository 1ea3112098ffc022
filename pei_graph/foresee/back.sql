-- The left ends of links that are not refused. No index finds them: all links are read, so it is asked
-- of many records at once.
CREATE OR REPLACE TABLE reached AS
SELECT DISTINCT k.record_l AS record_id
FROM run.links k
SEMI JOIN unasked ON unasked.record_id = k.record_r
WHERE k.state <> 'refused';
DELETE FROM unasked
