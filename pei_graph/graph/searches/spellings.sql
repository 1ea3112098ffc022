-- Every single word that any record gives as part of a name.
SELECT DISTINCT unnest(string_split(name, ' ')) AS spelling
FROM (
    SELECT unnest(list_concat(forenames, surnames)) AS name
    FROM records
)
ORDER BY spelling;
