-- Which areas each source could tell something of: a bit an area.
INSERT INTO able_source
WITH areas AS (
    SELECT unnest($areas::VARCHAR[]) AS area, unnest(range(len($areas::VARCHAR[]))) AS place
)
SELECT
    $pack,
    s.source,
    bit_or(1::BIGINT << a.place) AS areas
FROM pack_criteria c
JOIN areas a USING (area)
JOIN graph_sources s
    ON list_has_any(s.types, c.evidence) OR list_contains(s.evidences, c.criterion)
GROUP BY s.source
