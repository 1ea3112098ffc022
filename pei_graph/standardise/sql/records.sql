-- A record is what its source says, beside what that stands for.
INSERT INTO records BY NAME
WITH also AS (
    SELECT
        n.record_id,
        flatten(list(f.forenames ORDER BY n.place, n.part, n.spelling)) AS forenames,
        flatten(list(f.surnames ORDER BY n.place, n.part, n.spelling)) AS surnames,
        arg_min(n.spelling, n.place) FILTER (n.part = 'forename' AND f.forename IS NOT NULL)
            AS forename
    FROM working.said_names AS n
    JOIN name_forms AS f ON f.part = n.part AND f.spelling = n.spelling
    GROUP BY n.record_id
),
main AS (
    SELECT
        r.*,
        CASE WHEN f.forename IS NULL THEN n.forename ELSE f.forename END AS first_name,
        CASE WHEN f.forename IS NULL THEN n.middle_names ELSE f.middle_names END AS second_names,
        CASE WHEN s.surname IS NULL THEN n.surname ELSE s.surname END AS last_name,
        m.given AS other_names,
        coalesce(f.birth_order, n.birth_order) AS birth_order,
        coalesce(CASE WHEN f.forename IS NULL THEN n.forenames ELSE f.forenames END, [])
            AS first_names,
        coalesce(CASE WHEN s.surname IS NULL THEN n.surnames ELSE s.surnames END, [])
            AS last_names,
        a.forenames AS also_forenames,
        a.surnames AS also_surnames,
        a.forename AS also_called
    FROM working.merged AS r
    LEFT JOIN name_forms AS f ON f.part = 'forename' AND f.spelling = r.forename
    LEFT JOIN name_forms AS s ON s.part = 'surname' AND s.spelling = r.surname
    LEFT JOIN name_forms AS m ON m.part = 'middle' AND m.spelling = r.middle_names
    LEFT JOIN name_forms AS n ON n.part = r.name_part AND n.spelling = r.name
    LEFT JOIN also AS a ON a.record_id = r.record_id
)
SELECT
    m.record_id,
    o.source,
    m.record_id[length(o.source) + 2:] AS source_key,
    m.role,
    -- What stands for a name is shown of whom no name is known.
    CASE WHEN m.first_name IS NULL THEN coalesce(m.also_called, m.forename) ELSE m.forename END
        AS forename_given,
    coalesce(m.surname, m.name) AS surname_given,
    m.birth_date_given,
    w.given AS address_given,
    coalesce(m.first_name, m.also_forenames[1]) AS forename,
    nullif(concat_ws(' ', m.second_names, m.other_names), '') AS middle_names,
    coalesce(m.last_name, m.also_surnames[1]) AS surname,
    CASE
        WHEN m.also_forenames IS NULL THEN m.first_names
        ELSE in_order(list_concat(m.first_names, m.also_forenames))
    END AS forenames,
    CASE
        WHEN m.also_surnames IS NULL THEN m.last_names
        ELSE in_order(list_concat(m.last_names, m.also_surnames))
    END AS surnames,
    CASE WHEN coalesce(m.first_name, m.also_forenames[1]) IS NULL THEN m.birth_order END
        AS birth_order,
    m.birth_date,
    m.birth_date_quality,
    m.born_from,
    m.born_to,
    m.sex,
    m.ethnicity,
    plain_words(m.birth_place) AS birth_place,
    plain_words(m.occupation) AS occupation,
    w.address_id,
    w.uprn,
    w.postcode,
    w.house,
    w.street,
    m.case_family,
    o.delivery_id,
    (m.place >> 10) & ((1::BIGINT << 34) - 1) AS row,
    m.first_seen,
    m.last_seen,
    m.in_latest,
    m.sealed
FROM main AS m
-- Every record has its delivery; an inner join would make DuckDB expect few records and hash
-- them all.
LEFT JOIN working.delivery_order AS o ON o.number = m.place >> 44
LEFT JOIN homes AS h ON h.record_id = m.record_id
LEFT JOIN whole_places AS w ON w.number = h.number
