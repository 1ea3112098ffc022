-- Every family is judged.
CREATE OR REPLACE TEMP TABLE judged_family AS
SELECT DISTINCT family_id
FROM families
