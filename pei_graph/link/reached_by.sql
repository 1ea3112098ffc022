-- Whoever shares a key with those near is near too.
INSERT INTO near
WITH shared AS (
    SELECT DISTINCT key
    FROM {keys}
    SEMI JOIN near USING (code)
)
SELECT DISTINCT code
FROM {keys}
SEMI JOIN shared USING (key)
ANTI JOIN near USING (code)
