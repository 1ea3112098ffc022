-- What has no day of its end, and has ended all the same. First what its own source says.
INSERT INTO ended
SELECT
    fact_id,
    record_id,
    CASE WHEN status = 'closed' THEN 'closed' ELSE 'unlisted' END AS because
FROM facts
WHERE kind = 'involvement'
    AND to_date IS NULL
    AND (status = 'closed' OR record_id IN (SELECT record_id FROM records WHERE NOT in_latest))
    AND type NOT IN (SELECT unnest($momentary))
ORDER BY fact_id;
-- Then, of what nobody is in twice at once, what another source knows.
CREATE OR REPLACE TEMP TABLE episode AS
SELECT
    m.person_id,
    f.type,
    f.source,
    f.fact_id,
    f.record_id,
    f.from_date AS began,
    f.to_date AS ended,
    coalesce(f.to_date <= $as_of, false) AS over
FROM facts f
JOIN members m ON m.record_id = f.record_id AND m.state = 'accepted'
ANTI JOIN ended e ON e.fact_id = f.fact_id
WHERE f.kind = 'involvement'
    AND f.type IN (SELECT unnest($one_at_a_time))
    AND (f.from_date IS NULL OR f.from_date <= $as_of);
-- One that a source closed when it had none that went on: it knew of no more.
CREATE OR REPLACE TEMP TABLE last_closed AS
FROM episode e
ANTI JOIN (FROM episode WHERE NOT over) on_going
    ON on_going.person_id = e.person_id
    AND on_going.type = e.type
    AND on_going.source = e.source
    AND on_going.began <= e.ended
WHERE e.over;
-- A source that closed one and was in the next by that day has told of a move, not of an end.
INSERT INTO ended
WITH known AS (
    SELECT e.fact_id
    FROM episode e
    JOIN episode k
        ON k.person_id = e.person_id
        AND k.type = e.type
        AND k.source = e.source
        AND k.began = e.began
    WHERE k.over
    UNION ALL
    SELECT e.fact_id
    FROM episode e
    JOIN last_closed k
        ON k.person_id = e.person_id
        AND k.type = e.type
        AND k.source <> e.source
    WHERE k.ended > e.began OR k.began = e.began
)
SELECT fact_id, record_id, 'elsewhere' AS because
FROM episode
SEMI JOIN known USING (fact_id)
WHERE NOT over
ORDER BY fact_id;
DROP TABLE episode;
DROP TABLE last_closed
