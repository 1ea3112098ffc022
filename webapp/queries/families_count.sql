-- How many families the list holds in all.
SELECT count(*) AS families
FROM family_list f
WHERE $area = ''
    OR coalesce(f.states[$area], 'no_data') = $state
    OR ($state = '' AND coalesce(f.states[$area], '') IN ('met', 'cusp'));
