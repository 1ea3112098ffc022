-- The households that are no crowd, and the birth dates of one forename under several surnames.
CREATE OR REPLACE TEMP TABLE housed AS
FROM grouped
SEMI JOIN (
    SELECT household
    FROM grouped
    GROUP BY household
    HAVING count(*) BETWEEN 2 AND $crowd
) AS small USING (household);
CREATE OR REPLACE TEMP TABLE several AS
SELECT born
FROM standing
WHERE born IS NOT NULL
GROUP BY born
HAVING min(surname) <> max(surname) AND count(*) <= $crowd
