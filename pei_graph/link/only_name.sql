-- Of pairs of records in two sources and two homes that bear one full name, by the source of the first
-- and its role there, how its address stands to the other's and how rare the name is: how many of those
-- whose first has no birth date there are, and how many of them keep company; and, of those whose first
-- has one, how many have it in common with the other. In either case one birth date alone is on record
-- among all others of that name, the first left out.
WITH named AS (
    SELECT
        comparables.*,
        birth_year IS NOT NULL AS dated,
        coalesce(
            only_name,
            concat_ws(' ', comparables.source, role, name_rarity(tf_forename, tf_surname, $named))
        ) AS kind
    FROM comparables
    JOIN records USING (record_id)
    WHERE rare_name IS NOT NULL
        AND hash(full_name) % greatest(1, $records // $sample) = 0
),
dates AS (
    SELECT
        full_name,
        birth_date,
        count(*) AS records
    FROM named
    WHERE dated
    GROUP BY full_name, birth_date
),
others AS (
    SELECT
        named.*,
        namesakes - coalesce(dates.records = 1, false)::INTEGER AS other_dates
    FROM named
    LEFT JOIN dates USING (full_name, birth_date)
),
pairs AS (
    SELECT
        l.n,
        r.n AS other,
        l.kind,
        l.dated,
        {address_level} AS address,
        {birth_date_level} > 0 AS one_birth_date
    FROM others AS l
    JOIN named AS r ON l.full_name = r.full_name
    WHERE l.other_dates = 1
        AND r.dated
        AND l.source <> r.source
        AND coalesce(l.place <> r.place, true)
        AND coalesce(l.sex = r.sex, true)
        AND (l.dated OR l.birth_date IS NULL)
)
SELECT
    kind,
    address,
    count(*) FILTER (NOT dated) AS undated,
    count(company.n_l) FILTER (NOT dated) AS accompanied,
    count(*) FILTER (dated) AS known,
    count(*) FILTER (dated AND one_birth_date) AS one
FROM pairs
LEFT JOIN company ON company.n_l = least(n, other) AND company.n_r = greatest(n, other)
GROUP BY kind, address
HAVING undated > accompanied AND known >= $enough
ORDER BY kind, address
