-- What was scored again takes the place of what was linked before; `relinked` are the records of links
-- that are new, gone or other than they were. A link that stays as it was is left where it is.
CREATE OR REPLACE TEMP TABLE other_links AS
WITH was AS (
    SELECT
        rowid AS place,
        record_l,
        record_r,
        hash(l) AS digest
    FROM links AS l
    WHERE record_l IN (SELECT record_id FROM affected)
        OR record_r IN (SELECT record_id FROM affected)
        OR (record_l, record_r) IN (SELECT (record_l, record_r) FROM unpaired)
),
now_is AS (
    SELECT
        record_l,
        record_r,
        hash(l) AS digest
    FROM part.links AS l
)
SELECT
    record_l,
    record_r,
    was.place
FROM was
FULL JOIN now_is USING (record_l, record_r)
WHERE was.digest IS DISTINCT FROM now_is.digest;
CREATE OR REPLACE TEMP TABLE relinked AS
SELECT DISTINCT unnest([record_l, record_r]) AS record_id
FROM other_links;
DELETE FROM links
WHERE rowid IN (SELECT place FROM other_links);
INSERT INTO links
FROM part.links
SEMI JOIN other_links USING (record_l, record_r);
DROP TABLE other_links
