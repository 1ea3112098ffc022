-- Who says that somebody lives where, and how many years ago the source last had reason to know, in
-- whole months: from one day of a month to the next nothing ages. What is undated counts as of the day.
-- `prior` is how often the source is out of date by its trust.
CREATE OR REPLACE TEMP TABLE voice AS
WITH told AS (
    SELECT
        s.label,
        coalesce(m.address_id, s.address_id) AS address_id,
        s.source,
        bool_or(s.placed) AS placed,
        max(coalesce(s.heard, $as_of)) AS heard
    FROM said s
    LEFT JOIN meant m ON m.label = s.label AND m.told = s.address_id
    WHERE s.open_ended
    GROUP BY ALL
)
SELECT
    p.label,
    p.address_id,
    p.source,
    dense_rank() OVER (ORDER BY p.address_id) - 1 AS place,
    dense_rank() OVER (ORDER BY p.source) - 1 AS number,
    greatest(date_diff('month', p.heard, $as_of), 0) / 12 AS years,
    0.5 - 0.48 * t.trust / 100 AS prior,
    a.kind = 'communal' AS communal,
    p.placed
FROM told p
JOIN addresses a ON a.address_id = p.address_id AND a.kind <> 'partial'
JOIN trusted t ON t.source = p.source;
-- Whom the council has placed where: they live there, but it is others' home.
CREATE OR REPLACE TEMP TABLE placement AS
SELECT DISTINCT label, place
FROM voice
WHERE placed
