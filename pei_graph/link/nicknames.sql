-- Every nickname with the full names it stands for.
CREATE OR REPLACE TEMP TABLE nicknames AS
SELECT DISTINCT
    name2 AS name,
    name1 AS canonical
FROM read_csv($file, header = true, all_varchar = true)
WHERE relationship = 'has_nickname'
