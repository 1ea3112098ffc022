-- Every address a source gives a person, with dates, the sources that say so, and how strongly they
-- say that it is the present one. Statements come from the address facts of the person's records;
-- a record's own newest address counts without dates where no fact repeats it.
CREATE OR REPLACE TEMP TABLE residence AS
WITH dated AS (
    SELECT
        w.label,
        f.record_id,
        f.address_id,
        f.source,
        f.from_date,
        f.to_date
    FROM facts f
    JOIN whose w USING (record_id)
    WHERE f.kind = 'address'
        AND f.address_id IS NOT NULL
),
undated AS (
    SELECT
        w.label,
        r.record_id,
        r.address_id,
        r.source,
        NULL::DATE AS from_date,
        NULL::DATE AS to_date
    FROM records r
    JOIN whose w USING (record_id)
    ANTI JOIN dated d ON d.record_id = r.record_id AND d.address_id = r.address_id
    WHERE r.address_id IS NOT NULL
),
statement AS (
    SELECT * FROM dated
    UNION ALL
    SELECT * FROM undated
),
learned AS (
    SELECT record_id, first_seen AS learned
    FROM records
    QUALIFY first_seen > min(first_seen) OVER (PARTITION BY source)
),
weighed AS (
    SELECT
        s.label,
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
    LEFT JOIN learned l USING (record_id)
    JOIN trusted t ON t.source = s.source
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
