-- Addresses of families that are remembered by those around who are in none: should they be in one
-- again, all who claim that family must be there to be asked.
INSERT INTO part_address
WITH remembered AS (
    SELECT DISTINCT l.family_id
    FROM last_register l
    SEMI JOIN around_record USING (record_id)
    WHERE l.kind = 'record' AND l.family_id IS NOT NULL AND NOT l.housed
)
SELECT DISTINCT address_id
FROM families
SEMI JOIN remembered USING (family_id)
ANTI JOIN part_address USING (address_id)
