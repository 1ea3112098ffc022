-- Who is left over in two sources that both hold nobody twice: the sources of that kind in which a
-- record has no partner, by what was accepted so far.
CREATE OR REPLACE TEMP TABLE left_over_in AS
WITH careful AS (
    SELECT source
    FROM source_alone
    WHERE bits <= $nobody_twice
),
partnered AS (
    SELECT
        record_l AS record_id,
        r.source AS other
    FROM links
    JOIN comparables AS r ON r.record_id = record_r
    WHERE state = 'accepted'
    UNION
    SELECT
        record_r AS record_id,
        l.source AS other
    FROM links
    JOIN comparables AS l ON l.record_id = record_l
    WHERE state = 'accepted'
)
SELECT
    record_id,
    source,
    other
FROM comparables
SEMI JOIN careful USING (source)
JOIN (SELECT source AS other FROM careful) AS others ON other <> source
ANTI JOIN partnered USING (record_id, other);
UPDATE comparables
SET left_over = left_in.others
FROM (
    SELECT
        record_id,
        list_sort(list(other)) AS others
    FROM left_over_in
    GROUP BY record_id
) AS left_in
WHERE left_in.record_id = comparables.record_id
