-- The children of whom a record's person is a parent, as other sources know them too; and those of them
-- where one calls that parent otherwise and nothing tells the two apart.
CREATE OR REPLACE TEMP TABLE parent_of AS
WITH doubtful AS (
    SELECT child
    FROM children_of_two
    UNION
    SELECT child
    FROM parents_paired
    WHERE NOT one_name AND NOT one_birth_date
),
renamed AS (
    SELECT DISTINCT child
    FROM parents_paired
    ANTI JOIN doubtful USING (child)
    WHERE NOT one_name
        AND EXISTS (FROM twin_signs WHERE sign = 'one child' AND value = 'two names' AND bits >= $sure)
)
SELECT
    record_id,
    list_sort(list(DISTINCT child)) AS parent_of,
    list_sort(list(DISTINCT child) FILTER (child IN (FROM renamed))) AS renamed_parent_of
FROM parents_told
WHERE EXISTS (FROM twin_signs WHERE sign = 'one child')
GROUP BY record_id
