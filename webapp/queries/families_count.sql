-- How many families the list holds in all.
SELECT count(*) AS families
FROM families_with($area, $state, $news, $met, $nearly);
