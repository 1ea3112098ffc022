-- How many families the list holds in all: see families.sql.
WITH asked AS (
    SELECT l.family_id
    FROM family_list l
    LEFT JOIN family_areas a ON a.family_id = l.family_id AND $area IN ('', a.area)
    WHERE $state IN ('any', coalesce(a.state, 'no_data'))
        OR ($state = '' AND a.state IN ('met', 'cusp'))
    GROUP BY l.family_id
)
SELECT count(*) AS families
FROM asked;
