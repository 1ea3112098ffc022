-- The family, where the reader may see it.
SELECT family_id, points
FROM family_list
WHERE family_id = $family_id;
