-- In how many records each name stands in either field: of the forenames and of the surname.
CREATE OR REPLACE TEMP TABLE name_fields AS
SELECT
    value AS name,
    coalesce(sum(records) FILTER (part <> 'surname'), 0) AS given,
    coalesce(sum(records) FILTER (part = 'surname'), 0) AS family
FROM commonness
WHERE part IN ('forename', 'forenames', 'surname')
GROUP BY value
