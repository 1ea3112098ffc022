-- Every link between two records of which the truth is known, but for those that are refused: what
-- forbids them is no part of their probability.
CREATE OR REPLACE TEMP TABLE judged AS
SELECT
    weight,
    probability AS expected,
    CASE WHEN l.truth = r.truth THEN 'same' ELSE 'different' END AS verdict,
    'all' AS stratum,
    count(*) OVER () AS size
FROM links
JOIN compared AS l ON l.item = record_l
JOIN compared AS r ON r.item = record_r
WHERE links.state <> 'refused'
