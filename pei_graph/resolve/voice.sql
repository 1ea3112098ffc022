-- Who says that somebody lives where, and how many years ago the source last had reason to know;
-- what is undated counts as of the day. `prior` is how often the source is out of date by its trust.
CREATE OR REPLACE TEMP TABLE voice AS
WITH placed AS (
    SELECT
        s.label,
        coalesce(m.address_id, s.address_id) AS address_id,
        s.source,
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
    greatest($as_of - p.heard, 0) / 365.25 AS years,
    0.5 - 0.48 * t.trust / 100 AS prior,
    a.kind = 'communal' AS communal
FROM placed p
JOIN addresses a ON a.address_id = p.address_id AND a.kind <> 'partial'
JOIN trusted t ON t.source = p.source
