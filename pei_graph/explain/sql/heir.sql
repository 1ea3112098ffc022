-- Who carries on an id that is no longer used.
SELECT heir
FROM heirs
WHERE id = $id
