-- Who carries on an id that was retired in any run.
SELECT heir
FROM run.heirs
WHERE id = $id AND heir IS NOT NULL;
