-- Every address that the part's records, or their kin, give now, or their persons had in the last run,
-- and where the families live that they remember.
CREATE OR REPLACE TEMP TABLE near_record AS
SELECT record_id
FROM part_record
UNION
SELECT record_id
FROM around_record;
CREATE OR REPLACE TEMP TABLE part_address AS
WITH remembered AS (
    SELECT DISTINCT family_id
    FROM last_register
    SEMI JOIN near_record USING (record_id)
    WHERE kind = 'record' AND family_id IS NOT NULL
)
SELECT address_id
FROM facts
SEMI JOIN near_record USING (record_id)
WHERE kind = 'address' AND address_id IS NOT NULL
UNION
SELECT address_id
FROM records
SEMI JOIN near_record USING (record_id)
WHERE address_id IS NOT NULL
UNION
SELECT r.address_id
FROM residences r
JOIN members m ON m.person_id = r.person_id AND m.state = 'accepted'
SEMI JOIN near_record p ON p.record_id = m.record_id
UNION
SELECT address_id
FROM families
SEMI JOIN remembered USING (family_id)
