-- RECORDS as the model compares them: one row per record, numbered in the order of the record ids.
CREATE OR REPLACE TABLE comparables AS
WITH parents AS (
    -- A parent's own birth is bounded by the child's.
    SELECT
        facts.record_id,
        (max(child.birth_date) - to_years($oldest))::DATE AS parent_from,
        (min(child.birth_date) - to_years($youngest))::DATE AS parent_to
    FROM facts
    JOIN records AS child ON child.record_id = facts.other_record_id
    WHERE facts.kind = 'relationship'
        AND facts.type = 'parent'
        AND child.birth_date_quality = 'exact'
    GROUP BY facts.record_id
),
named AS (
    SELECT
        record_id,
        source,
        forename,
        surname,
        sex,
        postcode,
        address_id,
        least(forename, surname) || ' ' || greatest(forename, surname) AS full_name,
        list_distinct(list_concat(
            list_filter(forenames, lambda name: name <> ''),
            list_transform(
                list_filter(forenames, lambda name: contains(name, ' ')),
                lambda name: split_part(name, ' ', 1)
            )
        )) AS given,
        list_distinct(flatten(list_transform(
            surnames,
            lambda name: CASE
                WHEN contains(name, ' ')
                THEN list_append(
                    list_filter(string_split(name, ' '), lambda part: length(part) >= 3),
                    name
                )
                ELSE [name]
            END
        ))) AS family_names,
        string_split(middle_names, ' ') AS middles,
        CASE
            WHEN birth_date_quality = 'exact' AND birth_date IS NOT NULL
            THEN strftime(birth_date, '%Y%m%d')
        END AS birth_date,
        CASE
            WHEN birth_date_quality = 'partial'
            THEN greatest(birth_date, coalesce(born_from, birth_date))
            ELSE born_from
        END AS born_from,
        CASE
            WHEN birth_date_quality = 'partial'
            THEN least(
                birth_date + to_days(CASE WHEN month(birth_date) = 1 THEN 365 ELSE 30 END),
                coalesce(born_to, birth_date + to_days(365))
            )::DATE
            ELSE born_to
        END AS born_to
    FROM records
),
full_names AS (
    SELECT
        full_name,
        count(*) AS held,
        count(DISTINCT birth_date) AS namesakes
    FROM named
    GROUP BY full_name
),
spelt AS (
    SELECT
        given,
        name,
        unnest(list_distinct([name, canonical])) AS alias
    FROM (SELECT DISTINCT given FROM named) AS lists, unnest(given) AS spelling (name)
    LEFT JOIN nicknames USING (name)
),
common AS (
    SELECT
        forename AS alias,
        count(*) AS records
    FROM records
    GROUP BY forename
),
aliased AS (
    SELECT
        given,
        list_sort(list(DISTINCT alias)) AS aliases,
        -- The commonest of the names a spelling may stand for: a key to block on.
        arg_max(alias, (coalesce(common.records, 0), alias)) AS root
    FROM spelt
    LEFT JOIN common USING (alias)
    WHERE alias IS NOT NULL
    GROUP BY given
),
places AS (
    SELECT
        address_id,
        row_number() OVER (ORDER BY address_id) AS place
    FROM addresses
    WHERE kind = 'dwelling'
)
SELECT
    row_number() OVER (ORDER BY record_id) AS n,
    record_id,
    source,
    forename,
    surname,
    given,
    coalesce(aliases, given) AS aliases,
    root,
    middles,
    family_names,
    named.birth_date,
    coalesce(
        strptime(named.birth_date, '%Y%m%d')::DATE,
        greatest(named.born_from, parent_from)
    ) AS born_from,
    coalesce(
        strptime(named.birth_date, '%Y%m%d')::DATE,
        least(named.born_to, parent_to)
    ) AS born_to,
    left(named.birth_date, 4) AS birth_year,
    right(named.birth_date, 4) AS birth_day,
    sex,
    places.place,
    postcode,
    left(forename, 1) AS initial,
    left(least(forename, surname), 1) || left(greatest(forename, surname), 1) AS initials,
    full_name,
    CASE WHEN held <= $crowd AND namesakes <= $few THEN full_name END AS rare_name,
    namesakes,
    strong.identifiers
FROM named
LEFT JOIN aliased USING (given)
LEFT JOIN places USING (address_id)
LEFT JOIN parents USING (record_id)
LEFT JOIN strong_identifiers AS strong USING (record_id)
LEFT JOIN full_names USING (full_name)
