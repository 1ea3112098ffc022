-- Records of one source stand together in the order of the record ids. Where none is new or gone their
-- numbers move by how many more or fewer stand before them; `anew` are the sources to number again.
CREATE OR REPLACE TEMP TABLE moved AS
WITH now_is AS (
    SELECT source, count(*) AS records
    FROM records
    GROUP BY source
),
was AS (
    SELECT source, count(*) AS records
    FROM comparables
    GROUP BY source
),
standing AS (
    SELECT record_id, source
    FROM records
    SEMI JOIN recompared USING (record_id)
),
stood AS (
    SELECT record_id, source
    FROM comparables
    SEMI JOIN recompared USING (record_id)
),
differing AS (
    SELECT DISTINCT coalesce(standing.source, stood.source) AS source
    FROM standing
    FULL JOIN stood USING (record_id)
    WHERE standing.source IS NULL OR stood.source IS NULL
)
SELECT
    source,
    coalesce(sum(now_is.records) OVER earlier, 0)::BIGINT AS begins,
    begins - coalesce(sum(was.records) OVER earlier, 0)::BIGINT AS shift,
    differing.source IS NOT NULL AS anew
FROM now_is
FULL JOIN was USING (source)
LEFT JOIN differing USING (source)
WINDOW earlier AS (ORDER BY source || ':' ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING);
-- The number of each row to compare again, and of all records of those sources.
CREATE OR REPLACE TEMP TABLE numbered AS
SELECT
    record_id,
    begins + row_number() OVER (PARTITION BY source ORDER BY record_id) AS n
FROM records
JOIN (FROM moved WHERE anew) AS moved USING (source)
UNION ALL
SELECT record_id, n + shift
FROM comparables
SEMI JOIN recompared USING (record_id)
JOIN (FROM moved WHERE NOT anew) AS moved USING (source)
