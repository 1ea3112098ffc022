CREATE OR REPLACE TEMP VIEW hidden_family AS
SELECT DISTINCT f.family_id
FROM families f
JOIN persons p ON p.person_id = f.person_id
JOIN addresses a ON a.address_id = f.address_id
WHERE p.sealed OR a.sealed
