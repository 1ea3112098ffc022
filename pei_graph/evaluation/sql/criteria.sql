-- Areas met by true persons, each with an area a pair: how many are right, held and true. Blocks of
-- true families are told apart where they differ in that, with how many are alike.
WITH subject AS (
    SELECT c.area, f.person
    FROM true_criteria c
    JOIN true_families f ON f.family = c.subject
    WHERE c.subject_kind = 'family'
        AND c.state = 'met'
    UNION
    SELECT c.area, f.person
    FROM true_criteria c
    JOIN true_families own ON own.person = c.subject
    JOIN true_families f ON f.family = own.family
    WHERE c.subject_kind = 'person'
        AND c.state = 'met'
),
truly AS (
    SELECT area, person
    FROM subject
    JOIN stands_for USING (person)
),
held AS (
    SELECT DISTINCT a.area, s.person
    FROM family_areas a
    JOIN families f ON f.family_id = a.family_id
    JOIN stands_for s ON s.person_id = f.person_id
    JOIN true_families t ON t.person = s.person
    WHERE a.state = 'met'
),
counted AS (
    SELECT
        person,
        count(held.area) AS claimed,
        count(truly.area) AS true_pairs,
        count(held.area) FILTER (truly.area IS NOT NULL) AS agreed
    FROM held
    FULL JOIN truly USING (area, person)
    GROUP BY person
),
blocks AS (
    SELECT
        coalesce(block.block, side.code) AS block,
        sum(coalesce(counted.claimed, 0)) AS claimed,
        sum(coalesce(counted.true_pairs, 0)) AS true_pairs,
        sum(coalesce(counted.agreed, 0)) AS agreed
    FROM compared
    JOIN side USING (truth)
    LEFT JOIN block USING (code)
    LEFT JOIN counted ON counted.person = compared.item
    GROUP BY ALL
)
SELECT
    claimed,
    true_pairs,
    agreed,
    count(*) AS alike
FROM blocks
GROUP BY ALL
ORDER BY ALL
