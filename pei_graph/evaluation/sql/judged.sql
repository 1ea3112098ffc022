-- Each judged pair of a sample with its stratum, how many pairs that has, and what the model thought
-- of the pair, unless something forbids it. Without a stratum a pair is of those that the run holds
-- to be one person, or two, and that were drawn with the same chance.
CREATE OR REPLACE TEMP TABLE judged AS
WITH settled AS (
    SELECT
        sample.* EXCLUDE (verdict, stratum),
        coalesce(sample.verdict, standing.verdict) AS verdict,
        coalesce(
            stratum,
            CASE
                WHEN l.person_id = r.person_id THEN 'together'
                WHEN l.person_id <> r.person_id THEN 'apart'
                ELSE 'not in this run'
            END || coalesce(': drawn with chance ' || sample.probability, '')
        ) AS stratum
    FROM sample
    LEFT JOIN standing USING (record_l, record_r)
    LEFT JOIN members AS l ON l.record_id = record_l AND l.state = 'accepted'
    LEFT JOIN members AS r ON r.record_id = record_r AND r.state = 'accepted'
)
SELECT
    settled.record_l,
    settled.record_r,
    verdict,
    coalesce(
        stratum_pairs,
        round(sum(1 / settled.probability) OVER (PARTITION BY stratum))
    )::BIGINT AS size,
    stratum,
    links.weight,
    links.probability AS expected
FROM settled
LEFT JOIN links
    ON links.record_l = settled.record_l
    AND links.record_r = settled.record_r
    AND links.state <> 'refused'
