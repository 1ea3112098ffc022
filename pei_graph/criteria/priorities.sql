INSERT INTO priorities
WITH by_criterion AS (
    SELECT
        family_id,
        criterion,
        bool_or(state = 'met') AS met,
        count(*) FILTER (state = 'met') AS members,
        max(since) FILTER (state = 'met') AS since,
        max(value) FILTER (state = 'met') AS highest,
        min(value) FILTER (state = 'met') AS lowest
    FROM findings
    SEMI JOIN judged_family USING (family_id)
    WHERE pack = $pack
    GROUP BY family_id, criterion
),
evidenced AS (
    SELECT DISTINCT g.family_id, g.criterion, unnest(g.evidence) AS fact_id
    FROM findings g
    JOIN pack_criteria c ON c.criterion = g.criterion AND c.growing
    SEMI JOIN judged_family j ON j.family_id = g.family_id
    WHERE g.pack = $pack AND g.state = 'met'
),
-- On how many days: several of a family in one incident, or two sources that tell of it, are one.
paced AS (
    SELECT
        e.family_id,
        e.criterion,
        count(DISTINCT f.from_date) FILTER (f.from_date > $growing_from) AS lately,
        count(DISTINCT f.from_date) FILTER (
            f.from_date <= $growing_from AND f.from_date > $growing_before
        ) AS before
    FROM evidenced e
    JOIN facts f USING (fact_id)
    GROUP BY e.family_id, e.criterion
),
added AS (
    SELECT b.family_id, b.criterion, c.points, 'Met' AS reason
    FROM by_criterion b
    JOIN pack_criteria c USING (criterion)
    WHERE b.met
    UNION ALL
    SELECT family_id, criterion, $cusp, 'On the cusp'
    FROM by_criterion
    WHERE NOT met
    UNION ALL
    SELECT family_id, criterion, $several, 'Met by ' || members || ' members'
    FROM by_criterion
    WHERE members >= $several_least
    UNION ALL
    SELECT
        b.family_id,
        b.criterion,
        c.severe_points,
        'Severe: ' || printf('%.0f', CASE WHEN b.highest >= c.severe_least THEN b.highest ELSE b.lowest END)
    FROM by_criterion b
    JOIN pack_criteria c USING (criterion)
    WHERE b.highest >= c.severe_least OR b.lowest <= c.severe_most
    UNION ALL
    SELECT family_id, criterion, $recent, 'In the last ' || $recent_months || ' months'
    FROM by_criterion
    WHERE since > $recent_from
        AND since <= $as_of
    UNION ALL
    SELECT
        family_id,
        criterion,
        $growing,
        'Growing: on ' || lately || ' days in the last ' || $growing_months || ' months, on '
            || before || ' in as many before'
    FROM paced
    WHERE lately > before AND before > 0
    UNION ALL
    SELECT e.family_id, e.criterion, c.points, 'Met by a parent who lives elsewhere'
    FROM contributed e
    SEMI JOIN judged_family j ON j.family_id = e.family_id
    JOIN pack_criteria c USING (criterion)
    WHERE e.pack = $pack
)
SELECT $pack, a.family_id, a.criterion, c.area, a.points::INTEGER, a.reason
FROM added a
JOIN pack_criteria c USING (criterion)
WHERE a.points > 0
