-- Who carries on an id that was retired.
SELECT heir
FROM run.identity_log
WHERE id = $id AND heir IS NOT NULL AND event IN ('join', 'retire')
ORDER BY run DESC
LIMIT 1;
