INSERT INTO family_areas
WITH areas AS (
    SELECT unnest($areas::VARCHAR[]) AS area, unnest(range(len($areas::VARCHAR[]))) AS place
),
-- A family's are gathered by one pass over its records. A record's id begins with its source.
informed AS (
    SELECT f.family_id, bit_or(a.areas) AS areas
    FROM families f
    SEMI JOIN judged_family USING (family_id)
    LEFT JOIN members m ON m.person_id = f.person_id AND m.state = 'accepted'
    LEFT JOIN able_source a ON a.pack = $pack AND a.source = split_part(m.record_id, ':', 1)
    WHERE f.role <> 'died'
    GROUP BY f.family_id
),
-- A bit a criterion, so that sentences are put together once for each set of criteria.
numbered AS (
    SELECT
        criterion,
        title,
        1::HUGEINT << (row_number() OVER (ORDER BY criterion) - 1)::INTEGER AS bit
    FROM pack_criteria
),
found AS (
    SELECT
        g.family_id,
        g.area,
        bit_or(a.bit) FILTER (g.state = 'met') AS met,
        bit_or(a.bit) AS either,
        count(*) AS findings
    FROM findings g
    JOIN numbered a USING (criterion)
    SEMI JOIN judged_family USING (family_id)
    WHERE g.pack = $pack
    GROUP BY g.family_id, g.area
),
sets AS (
    SELECT coalesce(met, either) AS bits
    FROM found
    GROUP BY bits
),
told AS (
    SELECT s.bits, string_agg(DISTINCT a.title, '; ' ORDER BY a.title) AS titles
    FROM sets s
    JOIN numbered a ON a.bit & s.bits > 0
    GROUP BY s.bits
)
SELECT
    $pack,
    n.family_id,
    a.area,
    CASE
        WHEN f.met > 0 OR e.criterion IS NOT NULL THEN 'met'
        WHEN f.findings > 0 THEN 'cusp'
        WHEN coalesce(n.areas, 0) & (1::BIGINT << a.place) > 0 THEN 'not_met'
        ELSE 'no_data'
    END,
    (coalesce(f.findings, 0) + (e.criterion IS NOT NULL)::INTEGER)::INTEGER,
    CASE
        WHEN f.met > 0 THEN 'Met: ' || t.titles
        WHEN e.criterion IS NOT NULL THEN 'Met by a parent who lives elsewhere: ' || e.title
        WHEN f.findings > 0 THEN 'On the cusp: ' || t.titles
        WHEN coalesce(n.areas, 0) & (1::BIGINT << a.place) > 0
            THEN 'Systems that could tell know the family, and no criterion is met'
        ELSE 'No system that could tell knows anyone in the family'
    END
FROM informed n
CROSS JOIN areas a
LEFT JOIN found f USING (family_id, area)
LEFT JOIN told t ON t.bits = coalesce(f.met, f.either)
LEFT JOIN (FROM contributed WHERE pack = $pack) AS e USING (family_id, area)
-- A page finds the areas of one family where they lie together.
ORDER BY n.family_id
