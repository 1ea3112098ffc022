-- Adults who have probably left the home that sources give for them: a thorough source that does not
-- know them at all speaks against what is said of them.
SELECT e.label
FROM expected e
LEFT JOIN source_thoroughness t ON t.source = e.source
GROUP BY e.label
HAVING any_value(e.nats) + sum(CASE WHEN NOT e.known THEN coalesce(t.nats, 0) ELSE 0 END) < 0
