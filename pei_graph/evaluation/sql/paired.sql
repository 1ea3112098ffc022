-- Blocks of true persons, tied by either model, as they differ in what they contribute to both.
SELECT
    sum(a.true_pairs) AS true_pairs,
    sum(a.claimed) AS first_claimed,
    sum(a.agreed) AS first_agreed,
    sum(b.claimed) AS claimed,
    sum(b.agreed) AS agreed,
    1 AS alike
FROM first_side AS a
JOIN side AS b USING (code)
LEFT JOIN block USING (code)
GROUP BY coalesce(block.block, code)
