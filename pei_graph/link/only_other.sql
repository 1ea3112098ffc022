-- Who gives no birth date, a surname and a sex at a dwelling where all others of that surname and sex who
-- may be of that age have one birth date, and nobody of the surname bears the forename: the only other whom
-- it may be.
-- To learn from, of one home in `among`, who does give a birth date, as if it were not known. `bits` say
-- what being meant is worth, where that was learnt.
CREATE OR REPLACE TEMP TABLE only_others AS
WITH housed AS MATERIALIZED (
    SELECT
        record_id,
        hash(address_id, surname) AS home,
        sex,
        CASE WHEN birth_date_quality = 'exact' THEN birth_date END AS born,
        greatest(born_from, parent_from) - {slack} AS band_from,
        least(born_to, parent_to) + {slack} AS band_to,
        CASE
            WHEN born IS NOT NULL THEN $among IS NOT NULL
            ELSE $among IS NULL
                AND coalesce(birth_date_quality NOT IN ('partial', 'expected'), true)
                AND (in_order.birth_date IS NOT NULL OR birth_date_given IS NULL)
        END AS asked,
        hash(forename) AS called
    FROM in_order
    SEMI JOIN places USING (address_id)
    LEFT JOIN parents USING (record_id)
    WHERE surname IS NOT NULL
        AND length(forename) > 1
        AND ($among IS NULL OR hash(address_id) % $among = 0)
),
-- Told by dates and numbers alone, before names are compared: few are left.
alone AS MATERIALIZED (
    SELECT
        l.record_id,
        any_value(l.home) AS home
    FROM housed AS l
    JOIN housed AS r USING (home)
    WHERE l.asked
        AND l.sex IS NOT NULL
        AND l.record_id <> r.record_id
        AND r.born BETWEEN coalesce(l.band_from, r.born) AND coalesce(l.band_to, r.born)
    GROUP BY l.record_id
    HAVING min(r.born) FILTER (l.sex = r.sex) = max(r.born) FILTER (l.sex = r.sex)
        AND NOT bool_or(l.called = r.called)
),
named AS MATERIALIZED (
    SELECT
        housed.record_id,
        told.source,
        told.role,
        told.address_id,
        told.surname,
        housed.sex,
        born,
        strftime(born, '%Y%m%d') AS birth_date,
        band_from,
        band_to,
        told.forename,
        given,
        aliases,
        root,
        sound,
        string_split(told.middle_names, ' ') AS middles,
        family_names
    FROM housed
    SEMI JOIN alone USING (home)
    JOIN in_order AS told USING (record_id)
    JOIN given_lists USING (forenames)
    JOIN family_lists USING (surnames)
),
meant AS (
    SELECT
        l.record_id,
        l.address_id,
        l.surname,
        l.root,
        concat_ws(
            ' ',
            any_value(l.source),
            any_value(l.role),
            CASE WHEN bool_or(l.source = r.source) FILTER (l.sex = r.sex) THEN 'in one source' END
        ) AS kind,
        min(r.birth_date) FILTER (l.sex = r.sex) AS only_other,
        list_sort(list(DISTINCT r.root) FILTER (l.sex = r.sex)) AS other_roots,
        bool_or(birth_date_alike(l, r) > 0) FILTER (l.sex = r.sex) AS one_birth_date
    FROM named AS l
    SEMI JOIN alone USING (record_id)
    JOIN named AS r
        ON l.address_id = r.address_id
        AND l.surname = r.surname
    WHERE l.record_id <> r.record_id
        AND r.born BETWEEN coalesce(l.band_from, r.born) AND coalesce(l.band_to, r.born)
    GROUP BY l.record_id, l.address_id, l.surname, l.root
    HAVING only_other = max(r.birth_date) FILTER (l.sex = r.sex) AND max(forename_alike(l, r)) = 0
)
SELECT
    meant.*,
    bits
FROM meant
LEFT JOIN twin_signs ON sign = 'only other' AND value = kind
