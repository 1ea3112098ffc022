-- How much the reader may see, by kind.
SELECT 'records' AS kind, count(*) AS seen
FROM records
UNION ALL
SELECT 'sources', count(DISTINCT source)
FROM records
UNION ALL
SELECT 'people', count(*)
FROM persons
UNION ALL
SELECT 'families', count(*)
FROM family_list;
