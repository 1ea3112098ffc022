-- What shares a tie with what was reached last, and was not reached before.
CREATE OR REPLACE TEMP TABLE newly AS
WITH beside AS (
    SELECT r AS code
    FROM tie
    SEMI JOIN newly ON newly.code = tie.l
    UNION ALL
    SELECT l
    FROM tie
    SEMI JOIN newly ON newly.code = tie.r
)
SELECT DISTINCT code
FROM beside
ANTI JOIN chosen USING (code);
INSERT INTO chosen
FROM newly
