-- Each judged pair of a sample with its stratum, whether the run held it to be one person, and what
-- the model thought of it, unless something forbids it. `together` is as the plan says or, without strata, as the run has it now.
CREATE OR REPLACE TEMP TABLE judged AS
WITH sized AS (
    SELECT
        *,
        coalesce(stratum_pairs, round(sum(1 / probability) OVER (PARTITION BY stratum))) AS size
    FROM sample
),
settled AS (
    SELECT
        sized.* EXCLUDE (verdict),
        coalesce(sized.verdict, standing.verdict) AS verdict
    FROM sized
    LEFT JOIN standing USING (record_l, record_r)
)
SELECT
    settled.record_l,
    settled.record_r,
    verdict,
    size::BIGINT AS size,
    coalesce(
        stratum,
        CASE WHEN l.person_id = r.person_id THEN 'together' ELSE 'apart' END
    ) AS stratum,
    links.weight,
    links.probability AS expected
FROM settled
LEFT JOIN members AS l ON l.record_id = settled.record_l AND l.state = 'accepted'
LEFT JOIN members AS r ON r.record_id = settled.record_r AND r.state = 'accepted'
LEFT JOIN links
    ON links.record_l = settled.record_l
    AND links.record_r = settled.record_r
    AND links.state <> 'refused'
