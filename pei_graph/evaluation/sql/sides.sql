-- What each true group contributes to every measure, all pairs being counted from cells of the
-- contingency table, so that no pair of items is ever listed. A pair claimed counts half at each of
-- its two ends, so that a wrong one belongs to both of the groups it mixes.
CREATE OR REPLACE TEMP TABLE cell AS
SELECT
    truth,
    found,
    count(*)::DOUBLE AS n,
    sum(n) OVER (PARTITION BY truth) AS true_size,
    sum(n) OVER (PARTITION BY found) AS found_size
FROM compared
GROUP BY truth, found;
CREATE OR REPLACE TEMP TABLE side AS
SELECT
    truth,
    row_number() OVER (ORDER BY truth) - 1 AS code,
    sum(n) AS items,
    sum(n * (true_size - 1) / 2) AS true_pairs,
    sum(n * (found_size - 1) / 2) AS claimed,
    sum(n * (n - 1) / 2) AS agreed,
    sum(n * n / found_size) AS pure,
    sum(n * n / true_size) AS whole,
    coalesce(sum(n) FILTER (found_size > 1), 0) AS found_members,
    coalesce(sum(n) FILTER (true_size > 1), 0) AS true_members,
    coalesce(sum(n * n / found_size) FILTER (found_size > 1), 0) AS pure_members,
    coalesce(sum(n * n / true_size) FILTER (true_size > 1), 0) AS whole_members,
    sum(n * (log2(found_size / n) + log2(true_size / n))) AS bits,
    1.0::DOUBLE AS groups,
    (count(*) = 1 AND bool_and(found_size = n))::DOUBLE AS exact,
    (count(*) > 1)::DOUBLE AS split,
    bool_or(found_size > n)::DOUBLE AS mixed
FROM cell
GROUP BY truth
