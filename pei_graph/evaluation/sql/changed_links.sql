-- Links accepted by one model and not by the other, those that moved furthest first.
SELECT
    record_l,
    record_r,
    CASE WHEN b.state = 'accepted' THEN 'gained' ELSE 'lost' END AS change,
    a.weight AS before,
    b.weight AS after,
    a.state AS state_before,
    b.state AS state_after,
    coalesce(b.match_key, a.match_key) AS match_key
FROM first.links AS a
FULL JOIN second.links AS b USING (record_l, record_r)
WHERE (a.state = 'accepted') IS DISTINCT FROM (b.state = 'accepted')
    AND (a.state = 'accepted' OR b.state = 'accepted')
ORDER BY abs(coalesce(b.weight, -4) - coalesce(a.weight, -4)) DESC, record_l, record_r
LIMIT $most
