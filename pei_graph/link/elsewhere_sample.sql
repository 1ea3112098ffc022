-- Some of the scored pairs at two homes, and with them all others of their records.
CREATE OR REPLACE TEMP TABLE chosen AS
WITH elsewhere AS (
    SELECT
        n_l,
        n_r
    FROM scored
    WHERE match_weight < $beyond AND coalesce(address_level(mw_address), 0) < $dwelling
)
SELECT
    n_l,
    n_r
FROM elsewhere
WHERE hash(n_l, n_r) % greatest(1, (SELECT count(*) FROM elsewhere) // $sample) = 0;
CREATE OR REPLACE TEMP TABLE scored_around AS
WITH ends AS (
    SELECT DISTINCT unnest([n_l, n_r]) AS n
    FROM chosen
)
FROM scored
WHERE n_l IN (FROM ends) OR n_r IN (FROM ends)
