-- A near link is believed where one side has nobody else near to be, and nobody else near the other
-- side contradicts it.
WITH contradicted AS (
    SELECT DISTINCT label, other
    FROM rivalry
    SEMI JOIN forbidden USING (l, r)
),
settled AS MATERIALIZED (
    SELECT label, other
    FROM neighbour
    ANTI JOIN contradicted USING (label, other)
    WHERE lone
)
SELECT link
FROM near
WHERE possible
    AND (
        (label_l, label_r) IN (SELECT (label, other) FROM settled)
        OR (label_r, label_l) IN (SELECT (label, other) FROM settled)
    )
