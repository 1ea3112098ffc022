-- How many families the list holds in all.
WITH standing AS (
    SELECT family_id, state
    FROM family_areas
    WHERE area = $area
)
SELECT count(*) AS families
FROM family_list f
LEFT JOIN standing s USING (family_id)
WHERE $area = ''
    OR coalesce(s.state, 'no_data') = $state
    OR ($state = '' AND coalesce(s.state, '') IN ('met', 'cusp'));
