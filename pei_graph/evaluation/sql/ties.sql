-- Which true groups a found one ties together.
SELECT
    min(code) OVER (PARTITION BY found) AS one,
    code AS other
FROM cell
JOIN side USING (truth)
WHERE found_size > n
