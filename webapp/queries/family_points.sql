-- The sum behind a family's priority, largest parts first.
SELECT p.criterion, c.title, p.area, p.points, p.reason
FROM priorities p
LEFT JOIN run.criteria c USING (pack, criterion)
WHERE p.family_id = $family_id
ORDER BY p.points DESC, p.criterion, p.reason;
