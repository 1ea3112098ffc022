-- Every address a person is said to have lived at, by which sources and between which dates.
CREATE OR REPLACE TEMP TABLE residence AS
SELECT
    label,
    address_id,
    min(from_date) AS from_date,
    CASE WHEN NOT bool_or(open_ended) THEN max(to_date) END AS to_date,
    bool_or(open_ended) AS open_ended,
    coalesce(bool_or(placed) FILTER (WHERE open_ended), bool_or(placed)) AS placed,
    list_sort(list(source)) AS sources
FROM said
GROUP BY label, address_id;
