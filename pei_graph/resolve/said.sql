-- Which sources date moves, unless it is known: those that keep former addresses too, with the day on
-- which each ended.
INSERT INTO source_dating
SELECT DISTINCT source
FROM statement
WHERE to_date IS NOT NULL
    AND NOT EXISTS (FROM source_staleness)
    AND source NOT IN (FROM source_dating);
-- When a source last had reason to know where somebody lives, be it from a relative: when it last
-- began to deal with either. Only where its addresses are undated, or dated by the move.
CREATE OR REPLACE TEMP TABLE contact AS
WITH dealt AS MATERIALIZED (
    SELECT record_id, max(from_date) AS day
    FROM facts
    WHERE kind = 'involvement'
        AND from_date <= $as_of
        AND (
            source IN (FROM source_dating)
            OR source IN (SELECT source FROM statement WHERE from_date IS NULL)
        )
    GROUP BY record_id
),
related AS (
    SELECT record_id AS one, other_record_id AS other
    FROM facts
    WHERE kind = 'relationship'
        AND starts_with(other_record_id, source || ':')
),
known AS (
    SELECT record_id, day
    FROM dealt
    UNION ALL
    SELECT r.one, d.day
    FROM related r
    JOIN dealt d ON d.record_id = r.other
    UNION ALL
    SELECT r.other, d.day
    FROM related r
    JOIN dealt d ON d.record_id = r.one
)
SELECT node.code, max(known.day) AS day
FROM known
JOIN node ON node.record_id = known.record_id
GROUP BY node.code;
-- Every address a source gives a person, with dates, whether they are `placed` there (or were, where all
-- is past), and when the source was last `heard`: on the date of the address, unless that is the day of
-- the move.
CREATE OR REPLACE TEMP TABLE said AS
WITH learned AS (
    SELECT code, learned
    FROM spoken
    WHERE learned IS NOT NULL
),
-- Who was adopted has left the home that the council took them from, whoever still has it.
adopted AS MATERIALIZED (
    SELECT c.label, coalesce(min(f.from_date) FILTER (f.type = 'looked_after'), min(f.from_date)) AS taken
    FROM facts f
    JOIN node ON node.record_id = f.record_id
    JOIN cluster c ON c.code = node.code
    WHERE f.kind = 'involvement'
        AND f.type IN ('looked_after', 'adoption_order')
    GROUP BY c.label
    HAVING bool_or(f.type = 'adoption_order')
),
given AS (
    SELECT
        c.label,
        s.address_id,
        s.source,
        s.from_date,
        s.to_date,
        s.placed,
        CASE
            WHEN s.from_date IS NOT NULL AND s.source NOT IN (FROM source_dating) THEN s.from_date
            ELSE greatest(s.from_date, l.learned, contact.day)
        END AS heard
    FROM statement s
    JOIN cluster c ON c.code = s.code
    LEFT JOIN learned l ON l.code = s.code
    LEFT JOIN contact ON contact.code = s.code
),
ending AS (
    SELECT
        g.* REPLACE (
            CASE
                WHEN coalesce(g.from_date, g.heard) < a.taken THEN least(g.to_date, a.taken)
                ELSE g.to_date
            END AS to_date
        )
    FROM given g
    LEFT JOIN adopted a ON a.label = g.label
),
stated AS (
    SELECT *, coalesce(to_date >= $as_of, true) AS open_ended
    FROM ending
)
SELECT
    label,
    address_id,
    source,
    min(from_date) AS from_date,
    max(to_date) AS to_date,
    bool_or(open_ended) AS open_ended,
    coalesce(bool_or(placed) FILTER (WHERE open_ended), bool_or(placed)) AS placed,
    max(heard) FILTER (WHERE open_ended) AS heard
FROM stated
GROUP BY label, address_id, source;
DROP TABLE contact
