INSERT INTO family_areas
WITH areas AS (
    SELECT unnest($areas::VARCHAR[]) AS area
),
able AS (
    SELECT DISTINCT c.area, s.source
    FROM pack_criteria c
    JOIN graph_sources s
        ON list_has_any(s.types, c.evidence) OR list_contains(s.evidences, c.criterion)
),
known AS (
    SELECT DISTINCT f.family_id, r.source
    FROM families f
    JOIN members m ON m.person_id = f.person_id AND m.state = 'accepted'
    JOIN records r ON r.record_id = m.record_id
),
informed AS (
    SELECT DISTINCT k.family_id, a.area
    FROM known k
    JOIN able a USING (source)
),
found AS (
    SELECT
        g.family_id,
        g.area,
        bool_or(g.state = 'met') AS met,
        count(*) AS findings,
        string_agg(DISTINCT c.title, '; ' ORDER BY c.title) FILTER (g.state = 'met') AS titles_met,
        string_agg(DISTINCT c.title, '; ' ORDER BY c.title) AS titles
    FROM findings g
    JOIN pack_criteria c USING (criterion)
    WHERE g.pack = $pack AND g.family_id IS NOT NULL
    GROUP BY g.family_id, g.area
),
families_known AS (
    SELECT DISTINCT family_id
    FROM families
)
SELECT
    $pack,
    n.family_id,
    a.area,
    CASE
        WHEN f.met OR e.criterion IS NOT NULL THEN 'met'
        WHEN f.findings > 0 THEN 'cusp'
        WHEN i.area IS NOT NULL THEN 'not_met'
        ELSE 'no_data'
    END,
    $as_of,
    (coalesce(f.findings, 0) + (e.criterion IS NOT NULL)::INTEGER)::INTEGER,
    CASE
        WHEN f.met THEN 'Met: ' || f.titles_met
        WHEN e.criterion IS NOT NULL THEN 'Met by a parent who lives elsewhere: ' || e.title
        WHEN f.findings > 0 THEN 'On the cusp: ' || f.titles
        WHEN i.area IS NOT NULL
            THEN 'Systems that could tell know the family, and no criterion is met'
        ELSE 'No system that could tell knows anyone in the family'
    END
FROM families_known n
CROSS JOIN areas a
LEFT JOIN found f USING (family_id, area)
LEFT JOIN elsewhere e USING (family_id, area)
LEFT JOIN informed i USING (family_id, area)
