-- Families of whom anything that is judged differs from the last run: who they are, which sources know
-- them, what was found of them, what a parent elsewhere contributes, and on another day whether it
-- began lately. All, where a source could tell of other areas. What was found of those who were not
-- asked of again is what that run found.
CREATE OR REPLACE TEMP TABLE judged_family AS
WITH found AS (
    SELECT family_id, hash(criterion, area, state, since, value, evidence) AS digest
    FROM findings
    WHERE pack = $pack
        AND family_id IS NOT NULL
        AND (
            NOT list_contains($few::VARCHAR[], criterion)
            OR subject IN (SELECT person_id FROM near_person)
        )
),
found_before AS (
    SELECT family_id, hash(criterion, area, state, since, value, evidence) AS digest
    FROM before.findings
    WHERE pack = $pack
        AND family_id IS NOT NULL
        AND (
            NOT list_contains($few::VARCHAR[], criterion)
            OR subject IN (SELECT person_id FROM near_person)
        )
),
evidenced AS (
    SELECT g.family_id, unnest(g.evidence) AS fact_id
    FROM findings g
    JOIN pack_criteria c ON c.criterion = g.criterion AND c.growing
    WHERE g.pack = $pack AND g.state = 'met'
),
aged AS (
    SELECT fact_id
    FROM facts
    WHERE (
            from_date > least($growing_from, $last_growing_from)
            AND from_date <= greatest($growing_from, $last_growing_from)
        )
        OR (
            from_date > least($growing_before, $last_growing_before)
            AND from_date <= greatest($growing_before, $last_growing_before)
        )
),
other_sources AS (
    (FROM able_source EXCEPT FROM before.able_source)
    UNION ALL
    (FROM before.able_source EXCEPT FROM able_source)
)
SELECT family_id
FROM other_family
UNION
SELECT family_id
FROM (
    (FROM found EXCEPT ALL FROM found_before)
    UNION ALL
    (FROM found_before EXCEPT ALL FROM found)
)
UNION
SELECT family_id
FROM (
    (FROM contributed EXCEPT FROM before.contributed)
    UNION ALL
    (FROM before.contributed EXCEPT FROM contributed)
)
UNION
SELECT family_id
FROM findings
WHERE pack = $pack
    AND state = 'met'
    AND family_id IS NOT NULL
    AND (
        (
            since > least($recent_from, $last_recent_from)
            AND since <= greatest($recent_from, $last_recent_from)
        )
        OR (since > least($as_of, $last_as_of) AND since <= greatest($as_of, $last_as_of))
    )
UNION
SELECT family_id
FROM evidenced
SEMI JOIN aged USING (fact_id)
WHERE family_id IS NOT NULL
UNION
SELECT family_id
FROM families
WHERE EXISTS (FROM other_sources);
DELETE FROM family_areas
WHERE pack = $pack AND family_id IN (FROM judged_family);
DELETE FROM priorities
WHERE pack = $pack AND family_id IN (FROM judged_family)
