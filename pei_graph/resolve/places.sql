-- Where each person is or was said to live, or found to, and where the family lives that their records
-- remember; `code` stands for the person. What nothing touched says is in RESIDENCES, and so is where a
-- family lives that they are still in.
CREATE OR REPLACE TEMP TABLE told_at AS
SELECT known.code, facts.address_id
FROM facts
SEMI JOIN retold USING (record_id)
JOIN known USING (record_id)
WHERE facts.kind = 'address' AND facts.address_id IS NOT NULL
UNION ALL
SELECT known.code, records.address_id
FROM records
SEMI JOIN retold USING (record_id)
JOIN known USING (record_id)
WHERE records.address_id IS NOT NULL
UNION ALL
SELECT hash(person_id), address_id
FROM residences
UNION ALL
SELECT DISTINCT hash(l.person_id), f.address_id
FROM last_register l
JOIN (SELECT DISTINCT family_id, address_id FROM families) f ON f.family_id = l.family_id
WHERE l.kind = 'record' AND NOT l.housed
