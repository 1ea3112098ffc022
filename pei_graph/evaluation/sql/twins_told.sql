-- Twins as the truth names them, where the run has records of both.
CREATE OR REPLACE TEMP TABLE twins AS
WITH recorded AS (
    SELECT person, birth
    FROM true_people
    SEMI JOIN compared ON truth = person
    WHERE birth IS NOT NULL
)
SELECT a.person AS one, b.person AS other
FROM recorded a
JOIN recorded b ON b.birth = a.birth AND b.person > a.person
