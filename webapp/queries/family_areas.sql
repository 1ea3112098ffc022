-- The state of each area of one family.
SELECT area, state, findings, because
FROM family_areas
WHERE family_id = $family_id
ORDER BY area;
