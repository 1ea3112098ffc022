-- Records of everybody who is or was said to live where the part does or did: with them are settled
-- again whose homes these are, though not who they are.
SELECT DISTINCT hash(m.record_id) AS code
FROM members m
JOIN residences r ON r.person_id = m.person_id
SEMI JOIN part_address a ON a.address_id = r.address_id
WHERE m.state = 'accepted'
