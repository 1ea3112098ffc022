WITH points AS (
    SELECT pack, family_id, sum(points)::INTEGER AS priority
    FROM priorities
    GROUP BY pack, family_id
),
areas AS (
    SELECT
        pack, family_id,
        string_agg(area, '; ' ORDER BY area) FILTER (state = 'met') AS areas_met,
        string_agg(area, '; ' ORDER BY area) FILTER (state = 'cusp') AS areas_on_the_cusp,
        string_agg(area, '; ' ORDER BY area) FILTER (state = 'no_data') AS areas_without_data
    FROM family_areas
    GROUP BY pack, family_id
)
SELECT
    f.family_id, f.person_id, p.forename, p.surname, p.birth_date, p.died, f.role,
    f.from_date, f.to_date, a.line AS address, a.postcode, a.uprn,
    areas.pack, coalesce(points.priority, 0) AS priority,
    areas.areas_met, areas.areas_on_the_cusp, areas.areas_without_data
FROM families f
JOIN persons p ON p.person_id = f.person_id
JOIN addresses a ON a.address_id = f.address_id
LEFT JOIN areas ON areas.family_id = f.family_id
LEFT JOIN points ON points.family_id = f.family_id AND points.pack = areas.pack
WHERE f.family_id NOT IN (SELECT family_id FROM hidden_family)
ORDER BY f.family_id, f.person_id
