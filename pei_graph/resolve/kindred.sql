-- What draws people to one home: kinship or a family's number, whoever the settled records turn out to
-- be, and a surname where somebody's address lacks something and that of a namesake may be meant.
WITH told AS (
    SELECT record_id, address_id
    FROM facts
    WHERE kind = 'address' AND address_id IS NOT NULL
    UNION
    SELECT record_id, address_id
    FROM records
    WHERE address_id IS NOT NULL
),
named AS (
    SELECT t.record_id, r.surname, a.postcode, a.house, a.street, a.kind
    FROM told t
    JOIN records r ON r.record_id = t.record_id AND r.surname IS NOT NULL
    JOIN addresses a ON a.address_id = t.address_id AND a.kind <> 'communal'
),
vague AS (
    SELECT *
    FROM named
    WHERE kind = 'partial'
        OR house IS NULL
        OR postcode IS NULL
)
SELECT hash(record_id) AS l, hash(other_record_id) AS r
FROM facts
WHERE kind = 'relationship'
UNION ALL
SELECT hash(record_id), hash(case_family)
FROM records
WHERE case_family IS NOT NULL
UNION ALL
SELECT hash(record_id), hash(person_id)
FROM last_register
WHERE kind = 'record'
UNION ALL
SELECT hash(record_l), hash(record_r)
FROM links
WHERE state IN ('accepted', 'possible')
    AND record_l IN (SELECT record_id FROM part_record)
    AND record_r IN (SELECT record_id FROM part_record)
UNION ALL
SELECT hash(n.record_id), hash(concat_ws('|', n.surname, n.postcode))
FROM named n
SEMI JOIN vague ON vague.surname = n.surname AND vague.postcode = n.postcode
UNION ALL
SELECT hash(n.record_id), hash(concat_ws('|', n.surname, n.house, n.street))
FROM named n
SEMI JOIN (FROM vague WHERE postcode IS NULL) v
    ON v.surname = n.surname
    AND v.house = n.house
    AND v.street = n.street
