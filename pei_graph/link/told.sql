-- What each source says of the homes where several sources know somebody of one birth date: of how
-- many forenames, and which.
CREATE OR REPLACE TEMP TABLE told AS
WITH said AS (
    SELECT DISTINCT
        address_id,
        birth_date,
        source,
        root
    FROM records
    JOIN given_lists USING (forenames)
    SEMI JOIN places USING (address_id)
    WHERE birth_date_quality = 'exact' AND length(forename) > 1
),
shared AS (
    SELECT
        address_id,
        birth_date
    FROM said
    GROUP BY address_id, birth_date
    HAVING count(DISTINCT source) > 1
)
SELECT
    address_id,
    birth_date,
    source,
    count(*) > 1 AS two,
    min(root) AS root
FROM said
SEMI JOIN shared USING (address_id, birth_date)
GROUP BY address_id, birth_date, source;
CREATE OR REPLACE TEMP TABLE homes AS
SELECT
    address_id,
    birth_date,
    count(*) FILTER (two) AS two,
    count(DISTINCT root) AS names
FROM told
GROUP BY address_id, birth_date
