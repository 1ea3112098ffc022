-- How many records give each forename, surname, birth date, birth place and occupation.
CREATE OR REPLACE TEMP TABLE commonness AS
WITH said AS (
    SELECT
        forename,
        forenames,
        CASE WHEN surname IS DISTINCT FROM forename THEN surname END AS surname,
        CASE WHEN birth_date_quality = 'exact' THEN strftime(birth_date, '%Y%m%d') END AS birth_date,
        birth_place,
        occupation
    FROM {named}
)
SELECT 'forename' AS part, forename AS value, count(*) AS records
FROM said
WHERE forename IS NOT NULL
GROUP BY forename
UNION ALL
-- Two that go together, as *Sze Wing*.
SELECT 'forenames' AS part, forenames[2] AS value, count(*) AS records
FROM said
WHERE contains(forenames[2], ' ')
GROUP BY forenames[2]
UNION ALL
SELECT 'surname' AS part, surname AS value, count(*) AS records
FROM said
WHERE surname IS NOT NULL
GROUP BY surname
UNION ALL
SELECT 'birth_date' AS part, birth_date AS value, count(*) AS records
FROM said
WHERE birth_date IS NOT NULL
GROUP BY birth_date
UNION ALL
SELECT 'birth_place' AS part, birth_place AS value, count(*) AS records
FROM said
WHERE birth_place IS NOT NULL
GROUP BY birth_place
UNION ALL
SELECT 'occupation' AS part, occupation AS value, count(*) AS records
FROM said
WHERE occupation IS NOT NULL
GROUP BY occupation
