-- Every address that the records in `chosen`, or their kin, give now, or their persons had in the last
-- run, and where the families live that they remember.
CREATE OR REPLACE TEMP TABLE part_address AS
SELECT DISTINCT address_id
FROM told_at
SEMI JOIN chosen USING (code)
