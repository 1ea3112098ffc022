-- Of the rows that those of the part take the place of, most say what they said and stay where they are.
-- `other_{table}` says whose those are that differ: the graph and the criteria hear of them alone.
CREATE OR REPLACE TEMP TABLE other_{table} AS
WITH was AS (
    SELECT {whose}, rowid AS place, {digest} AS digest
    FROM {table}
    WHERE {replaced}
),
now_is AS (
    SELECT {whose}, rowid AS place, {digest} AS digest
    FROM part.{table}
    WHERE {replaced}
)
SELECT {whose}, place, false AS comes
FROM was
ANTI JOIN now_is USING (digest)
UNION ALL
SELECT {whose}, place, true
FROM now_is
ANTI JOIN was USING (digest);
DELETE FROM {table}
WHERE rowid IN (SELECT place FROM other_{table} WHERE NOT comes);
INSERT INTO {table}
FROM part.{table}
WHERE rowid IN (SELECT place FROM other_{table} WHERE comes)
