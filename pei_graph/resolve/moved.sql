-- Links outside the part between addresses that the part knows.
SELECT DISTINCT code
FROM moving
ANTI JOIN chosen USING (code)
WHERE one IN (SELECT address_id FROM part_address)
    AND other IN (SELECT address_id FROM part_address)
