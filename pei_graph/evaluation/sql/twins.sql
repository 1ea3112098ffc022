-- How many pairs of twins there are, and how many have any record in one person.
WITH holds AS (
    SELECT DISTINCT truth, found
    FROM compared
),
mixed AS (
    SELECT DISTINCT one, other
    FROM twins
    JOIN holds a ON a.truth = one
    JOIN holds b ON b.truth = other AND b.found = a.found
)
SELECT (SELECT count(*) FROM twins), (SELECT count(*) FROM mixed)
