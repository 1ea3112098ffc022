-- RECORDS as the model compares them: one row per record, numbered in the order of the record ids.
CREATE OR REPLACE TEMP TABLE numbered AS
SELECT
    record_id,
    row_number() OVER (ORDER BY record_id) AS n
FROM records;
-- How common each full name is, and by how many bits commoner than its two parts are, taken apart:
-- people of one tradition share forenames and surnames, so the one says something of the other.
CREATE OR REPLACE TEMP TABLE full_names AS
WITH held AS (
    SELECT
        least(forename, surname) AS low,
        greatest(forename, surname) AS high,
        low || ' ' || high AS full_name,
        count(*) AS held,
        count(DISTINCT CASE WHEN birth_date_quality = 'exact' THEN birth_date END) AS namesakes
    FROM records
    WHERE forename <> surname
    GROUP BY ALL
),
forenames AS (
    SELECT
        forename AS name,
        count(*) / sum(count(*)) OVER () AS share
    FROM records
    WHERE forename IS NOT NULL
    GROUP BY forename
),
surnames AS (
    SELECT
        surname AS name,
        count(*) / sum(count(*)) OVER () AS share
    FROM records
    WHERE surname IS NOT NULL
    GROUP BY surname
),
people AS (
    SELECT sum(namesakes) AS people
    FROM held
)
SELECT
    full_name,
    held,
    namesakes,
    greatest(
        0,
        log2(nullif(greatest(namesakes - $few, 0), 0) / people)
        - log2(coalesce(fl.share * sh.share, 0) + coalesce(fh.share * sl.share, 0))
    ) AS commoner
FROM held
CROSS JOIN people
LEFT JOIN forenames AS fl ON fl.name = low
LEFT JOIN forenames AS fh ON fh.name = high
LEFT JOIN surnames AS sl ON sl.name = low
LEFT JOIN surnames AS sh ON sh.name = high;
-- A parent's own birth is bounded by the child's.
CREATE OR REPLACE TEMP TABLE parents AS
SELECT
    facts.record_id,
    (max(child.birth_date) - to_years($oldest))::DATE AS parent_from,
    (min(child.birth_date) - to_years($youngest))::DATE AS parent_to
FROM facts
JOIN records AS child ON child.record_id = facts.other_record_id
WHERE facts.kind = 'relationship'
    AND facts.type = 'parent'
    AND child.birth_date_quality = 'exact'
GROUP BY facts.record_id;
CREATE OR REPLACE TABLE comparables AS
WITH dated AS (
    SELECT
        * EXCLUDE (surname),
        -- One name in both fields is one name: its holder has no other, and it counts once.
        CASE WHEN surname IS DISTINCT FROM forename THEN surname END AS surname,
        CASE
            WHEN forename < surname THEN forename || ' ' || surname
            WHEN forename > surname THEN surname || ' ' || forename
        END AS full_name,
        CASE WHEN birth_date_quality = 'exact' THEN birth_date END AS born,
        CASE
            WHEN birth_date_quality = 'partial'
            THEN greatest(birth_date, coalesce(born_from, birth_date))
            ELSE born_from
        END AS band_from,
        CASE
            WHEN birth_date_quality = 'partial'
            THEN least(
                birth_date + to_days(CASE WHEN month(birth_date) = 1 THEN 365 ELSE 30 END),
                coalesce(born_to, birth_date + to_days(365))
            )::DATE
            ELSE born_to
        END AS band_to
    FROM records
)
SELECT
    n,
    record_id,
    source,
    forename,
    surname,
    given,
    aliases,
    root,
    string_split(middle_names, ' ') AS middles,
    family_names,
    strftime(born, '%Y%m%d') AS birth_date,
    coalesce(born, greatest(band_from, parent_from)) AS born_from,
    coalesce(born, least(band_to, parent_to)) AS born_to,
    strftime(born, '%Y') AS birth_year,
    strftime(born, '%m%d') AS birth_day,
    sex,
    place,
    postcode,
    left(forename, 1) AS initial,
    least(left(forename, 1), left(surname, 1)) || greatest(left(forename, 1), left(surname, 1)) AS initials,
    full_name,
    CASE WHEN held <= $crowd AND namesakes <= $few THEN full_name END AS rare_name,
    namesakes,
    coalesce(commoner, 0) AS commoner,
    CASE WHEN born IS NOT NULL THEN sole.bits END AS sole,
    CASE WHEN born IS NOT NULL THEN other_roots END AS other_roots,
    strong.identifiers
FROM dated
JOIN numbered USING (record_id)
LEFT JOIN given_lists USING (forenames)
LEFT JOIN family_lists USING (surnames)
LEFT JOIN places USING (address_id)
LEFT JOIN parents USING (record_id)
LEFT JOIN strong_identifiers AS strong USING (record_id)
LEFT JOIN full_names USING (full_name)
LEFT JOIN sole USING (address_id, birth_date)
LEFT JOIN two_names USING (birth_date, surname, root)
