-- Every address a source gives a person, with dates, the sources that say so, and how strongly they
-- say that it is the present one.
CREATE OR REPLACE TEMP TABLE residence AS
WITH learned AS (
    SELECT code, learned
    FROM spoken
    WHERE learned IS NOT NULL
),
weighed AS (
    SELECT
        c.label,
        s.address_id,
        s.source,
        s.from_date,
        s.to_date,
        coalesce(s.to_date >= $as_of, true) AS open_ended,
        t.trust / 100 * power(
            0.5,
            coalesce(greatest(0, $as_of - coalesce(s.from_date, l.learned)), $undated) / $half_life
        ) AS vote
    FROM statement s
    JOIN cluster c ON c.code = s.code
    JOIN trusted t ON t.source = s.source
    LEFT JOIN learned l ON l.code = s.code
),
by_source AS (
    SELECT
        label,
        address_id,
        source,
        min(from_date) AS from_date,
        max(to_date) AS to_date,
        bool_or(open_ended) AS open_ended,
        max(vote) AS vote
    FROM weighed
    GROUP BY label, address_id, source
)
SELECT
    label,
    address_id,
    min(from_date) AS from_date,
    CASE WHEN NOT bool_or(open_ended) THEN max(to_date) END AS to_date,
    bool_or(open_ended) AS open_ended,
    round(sum(CASE WHEN open_ended THEN vote ELSE 0 END), 6) AS votes,
    list_sort(list(source)) AS sources
FROM by_source
GROUP BY label, address_id;
