-- What was scored again takes the place of what was linked before; `relinked` are the records of links
-- that are new, gone or other than they were.
CREATE OR REPLACE TEMP TABLE relinked AS
WITH was AS (
    FROM links
    WHERE record_l IN (SELECT record_id FROM affected)
        OR record_r IN (SELECT record_id FROM affected)
        OR (record_l, record_r) IN (SELECT (record_l, record_r) FROM unpaired)
),
differing AS (
    (FROM was EXCEPT ALL FROM part.links)
    UNION ALL
    (FROM part.links EXCEPT ALL FROM was)
)
SELECT DISTINCT unnest([record_l, record_r]) AS record_id
FROM differing;
DELETE FROM links
WHERE record_l IN (SELECT record_id FROM affected)
    OR record_r IN (SELECT record_id FROM affected)
    OR (record_l, record_r) IN (SELECT (record_l, record_r) FROM unpaired);
INSERT INTO links
FROM part.links
