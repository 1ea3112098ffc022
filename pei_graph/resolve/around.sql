-- Everybody who is or was said to live where the part does or did: with them is settled again whose
-- homes these are, though not who they are.
SELECT DISTINCT hash(person_id) AS code
FROM residences
SEMI JOIN part_address USING (address_id)
