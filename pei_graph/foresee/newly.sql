-- `newly` holds what was reached and not touched before; it is touched now.
CREATE OR REPLACE TABLE newly AS
SELECT record_id
FROM reached
ANTI JOIN touched USING (record_id)
ANTI JOIN hidden USING (record_id);
INSERT INTO touched
FROM newly;
INSERT INTO unasked
FROM newly;
SELECT count(*)
FROM newly
