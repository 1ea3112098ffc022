-- What draws people to one home: kinship or a family's number, and a surname where somebody's address
-- lacks something and that of a namesake may be meant. Kinship that nothing touched is in RELATIONS.
WITH lacking AS MATERIALIZED (
    SELECT address_id, postcode, house, street
    FROM addresses
    WHERE kind <> 'communal'
        AND (kind <> 'dwelling' OR house IS NULL OR postcode IS NULL)
),
place AS MATERIALIZED (
    SELECT
        address_id,
        postcode,
        house,
        street,
        address_id IN (SELECT address_id FROM lacking) AS vague
    FROM addresses
    WHERE kind <> 'communal'
        AND (
            postcode IN (SELECT postcode FROM lacking)
            OR (house, street) IN (SELECT (house, street) FROM lacking WHERE postcode IS NULL)
        )
),
-- Few of all records: they are told first, and looked up among all only then.
given AS MATERIALIZED (
    SELECT f.record_id, f.address_id
    FROM facts f
    SEMI JOIN place p ON p.address_id = f.address_id
    WHERE f.kind = 'address'
),
named AS MATERIALIZED (
    SELECT r.record_id, r.surname, p.postcode, p.house, p.street, p.vague
    FROM records r
    JOIN place p ON p.address_id = r.address_id
    WHERE r.surname IS NOT NULL
    UNION ALL
    SELECT f.record_id, r.surname, p.postcode, p.house, p.street, p.vague
    FROM given f
    JOIN place p ON p.address_id = f.address_id
    JOIN records r ON r.record_id = f.record_id
    WHERE r.surname IS NOT NULL
        AND r.address_id IS DISTINCT FROM f.address_id
),
stated AS MATERIALIZED (
    SELECT record_id, other_record_id
    FROM facts
    WHERE kind = 'relationship'
        AND (record_id IN (FROM retold) OR other_record_id IN (FROM retold))
),
alike AS (
    SELECT n.record_id, hash(n.surname, n.postcode) AS r
    FROM named n
    SEMI JOIN (FROM named WHERE vague) v ON v.surname = n.surname AND v.postcode = n.postcode
    UNION ALL
    SELECT n.record_id, hash(n.surname, n.house, n.street)
    FROM named n
    SEMI JOIN (FROM named WHERE vague AND postcode IS NULL) v
        ON v.surname = n.surname
        AND v.house = n.house
        AND v.street = n.street
)
SELECT hash(person_id) AS l, hash(other_person_id) AS r
FROM relations
UNION ALL
SELECT a.code, b.code
FROM stated
JOIN known a ON a.record_id = stated.record_id
JOIN known b ON b.record_id = stated.other_record_id
WHERE a.code <> b.code
UNION ALL
SELECT known.code, hash(records.case_family)
FROM records
JOIN known ON known.record = hash(records.record_id)
WHERE records.case_family IS NOT NULL
UNION ALL
SELECT known.code, alike.r
FROM alike
JOIN known USING (record_id)
