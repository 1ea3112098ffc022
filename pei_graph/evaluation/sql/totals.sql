-- Blocks of true groups as they differ in what they contribute, and how many blocks are alike.
WITH chosen AS (
    SELECT
        attribute,
        value,
        truth
    FROM attributes
    WHERE value IS NOT NULL
    UNION ALL
    SELECT
        'all' AS attribute,
        'all' AS value,
        truth
    FROM side
),
blocks AS (
    SELECT
        attribute,
        value,
        coalesce(block.block, side.code) AS block,
        sum(items) AS items,
        sum(true_pairs) AS true_pairs,
        sum(claimed) AS claimed,
        sum(agreed) AS agreed,
        round(sum(pure), 9) AS pure,
        round(sum(whole), 9) AS whole,
        sum(found_members) AS found_members,
        sum(true_members) AS true_members,
        round(sum(pure_members), 9) AS pure_members,
        round(sum(whole_members), 9) AS whole_members,
        round(sum(bits), 9) AS bits,
        sum(groups) AS groups,
        sum(exact) AS exact,
        sum(split) AS split,
        sum(mixed) AS mixed
    FROM chosen
    JOIN side USING (truth)
    LEFT JOIN block USING (code)
    GROUP BY ALL
)
SELECT
    * EXCLUDE (block),
    count(*) AS alike
FROM blocks
GROUP BY ALL
ORDER BY ALL
