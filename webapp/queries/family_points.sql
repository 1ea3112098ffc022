-- The sum behind a family's priority, largest parts first.
SELECT criterion, area, points, reason
FROM priorities
WHERE family_id = $family_id
ORDER BY points DESC, criterion, reason;
