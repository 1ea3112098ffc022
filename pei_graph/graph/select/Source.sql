WITH counted AS (
    SELECT source, count(*) AS records
    FROM records
    GROUP BY source
),
stated AS (
    SELECT source, list_sort(list(DISTINCT type)) AS types
    FROM facts
    WHERE kind = 'involvement'
    GROUP BY source
),
delivered AS (
    SELECT source, max(delivered_on) AS latest_delivery
    FROM deliveries
    WHERE status = 'loaded'
    GROUP BY source
),
named AS (
    SELECT source FROM counted
    UNION
    SELECT source FROM stated
    UNION
    SELECT source FROM delivered
)
SELECT
    n.source,
    coalesce(c.title, n.source) AS title,
    coalesce(c.agency, n.source) AS agency,
    c.owner,
    c.team,
    c.telephone,
    c.every,
    c.since,
    c.covers,
    d.latest_delivery,
    coalesce(k.records, 0)::BIGINT AS records,
    list_sort(list_distinct(
        list_concat(coalesce(s.types, []), coalesce(c.types, []))
    ))::VARCHAR[] AS types,
    coalesce(c.evidences, [])::VARCHAR[] AS evidences
FROM named n
LEFT JOIN contract_sources c USING (source)
LEFT JOIN counted k USING (source)
LEFT JOIN stated s USING (source)
LEFT JOIN delivered d USING (source)
ORDER BY n.source
