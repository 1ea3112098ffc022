SELECT
    g.pack, g.area, g.criterion, g.subject_kind, g.subject, g.family_id, g.state,
    c.as_of, g.since, g.value, g.because,
    list_aggregate(g.evidence::VARCHAR[], 'string_agg', '; ') AS evidence
FROM findings g
JOIN criteria c USING (pack, criterion)
LEFT JOIN persons p ON p.person_id = g.subject
WHERE NOT coalesce(p.sealed, false)
    AND coalesce(g.family_id NOT IN (SELECT family_id FROM hidden_family), true)
    AND g.subject NOT IN (SELECT family_id FROM hidden_family)
ORDER BY g.pack, g.criterion, g.subject
