-- Links between records of one name at two addresses that the part knows: whether somebody has lived at
-- both decides whether the household settles them.
WITH there AS MATERIALIZED (
    SELECT record_id, address_id, forename, surname
    FROM records
    SEMI JOIN part_address USING (address_id)
    WHERE forename IS NOT NULL AND surname IS NOT NULL
)
SELECT known.code
FROM links k
JOIN there a ON a.record_id = k.record_l
JOIN there b ON b.record_id = k.record_r
JOIN known ON known.record_id = k.record_l
WHERE k.state IN ('accepted', 'possible')
    AND a.address_id <> b.address_id
    AND a.forename = b.forename
    AND a.surname = b.surname
