-- Every address a source gives a person, with dates. `trait` numbers what a source says by how old
-- it is: what is said of one trait is right about equally often. Age is in whole years since the
-- source learned of the address, 9 for more, and -1 where nothing is dated.
CREATE OR REPLACE TEMP TABLE said AS
WITH learned AS (
    SELECT code, learned
    FROM spoken
    WHERE learned IS NOT NULL
),
stated AS (
    SELECT
        c.label,
        s.address_id,
        s.source,
        s.from_date,
        s.to_date,
        coalesce(s.to_date >= $as_of, true) AS open_ended,
        coalesce(s.from_date, l.learned) AS learned
    FROM statement s
    JOIN cluster c ON c.code = s.code
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
        max(learned) FILTER (WHERE open_ended) AS learned
    FROM stated
    GROUP BY label, address_id, source
)
SELECT
    *,
    CASE
        WHEN learned IS NULL THEN -1
        ELSE greatest(0, least(9, ($as_of - learned) // 365))
    END AS age
FROM by_source;
