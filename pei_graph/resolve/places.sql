-- Where each record's person is or was said to live, or found to, and where the family lives that it
-- remembers; `code` stands for the record.
CREATE OR REPLACE TEMP TABLE told_at AS
SELECT hash(record_id) AS code, address_id
FROM facts
WHERE kind = 'address' AND address_id IS NOT NULL
UNION ALL
SELECT hash(record_id), address_id
FROM records
WHERE address_id IS NOT NULL
UNION ALL
SELECT hash(m.record_id), r.address_id
FROM residences r
JOIN members m ON m.person_id = r.person_id AND m.state = 'accepted'
UNION ALL
SELECT hash(l.record_id), f.address_id
FROM last_register l
JOIN (SELECT DISTINCT family_id, address_id FROM families) f ON f.family_id = l.family_id
WHERE l.kind = 'record';
-- Links between records of one name at two addresses: whether somebody has lived at both decides
-- whether the household settles them.
CREATE OR REPLACE TEMP TABLE moving AS
SELECT hash(k.record_l) AS code, a.address_id AS one, b.address_id AS other
FROM links k
JOIN records a ON a.record_id = k.record_l
JOIN records b ON b.record_id = k.record_r
WHERE k.state IN ('accepted', 'possible')
    AND a.address_id <> b.address_id
    AND a.forename = b.forename
    AND a.surname = b.surname
