CREATE OR REPLACE TEMP TABLE stands_for AS
SELECT truth AS person, found AS person_id
FROM compared
GROUP BY truth, found
QUALIFY row_number() OVER (PARTITION BY truth ORDER BY count(*) DESC, found) = 1
