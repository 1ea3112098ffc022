-- What was told lately and is news. Step by step, since whoever plans it at once takes the little that
-- was told for much.
CREATE OR REPLACE TEMP TABLE told AS
WITH began AS (
    SELECT source, list, min(delivered_on) AS day
    FROM deliveries
    WHERE status = 'loaded'
    GROUP BY source, list
),
-- Found by two columns: all others are read only of the few that it is.
lately AS (
    SELECT f.rowid
    FROM facts f
    JOIN deliveries d USING (delivery_id)
    JOIN began b ON b.source = d.source AND b.list = d.list
    WHERE f.first_told > $after AND f.first_told > b.day
)
SELECT *
FROM facts
WHERE rowid IN (FROM lately);
CREATE OR REPLACE TEMP TABLE told_of AS
SELECT t.*, m.person_id, o.person_id AS other_person_id
FROM told t
JOIN members m ON m.record_id = t.record_id AND m.state = 'accepted'
LEFT JOIN members o ON o.record_id = t.other_record_id AND o.state = 'accepted';
CREATE OR REPLACE TEMP TABLE theirs AS
SELECT DISTINCT m.person_id, m.record_id
FROM members m
JOIN (FROM told_of WHERE kind <> 'involvement') USING (person_id)
WHERE m.state = 'accepted';
CREATE OR REPLACE TEMP TABLE known AS
SELECT r.person_id, k.address_id, o.person_id AS other_person_id, min(k.first_told) AS day
FROM facts k
JOIN theirs r USING (record_id)
LEFT JOIN members o ON o.record_id = k.other_record_id AND o.state = 'accepted'
WHERE k.kind <> 'involvement'
GROUP BY ALL;
INSERT INTO news BY NAME
FROM told_of t
ANTI JOIN known k
    ON k.person_id = t.person_id
    AND k.address_id IS NOT DISTINCT FROM t.address_id
    AND k.other_person_id IS NOT DISTINCT FROM t.other_person_id
    AND k.day < t.first_told
    AND t.kind <> 'involvement'
ORDER BY person_id, first_told DESC, fact_id;
DROP TABLE told;
DROP TABLE told_of;
DROP TABLE theirs;
DROP TABLE known
