-- Links outside the part between records of one name at two addresses that the part knows: whether
-- somebody has lived at both decides whether the household settles them.
SELECT DISTINCT hash(k.record_l) AS code
FROM links k
JOIN records a ON a.record_id = k.record_l
JOIN records b ON b.record_id = k.record_r
WHERE k.state IN ('accepted', 'possible')
    AND a.address_id <> b.address_id
    AND a.forename = b.forename
    AND a.surname = b.surname
    AND a.address_id IN (SELECT address_id FROM part_address)
    AND b.address_id IN (SELECT address_id FROM part_address)
    AND k.record_l NOT IN (SELECT record_id FROM part_record)
