-- One row for each record of the source: of every field the newest statement; of birth dates an
-- exact one before a part of one, and either before a placeholder.
INSERT INTO merged BY NAME
WITH said AS (
    SELECT
        *,
        place + CASE birth_date_quality
            WHEN 'exact' THEN 0::HUGEINT
            WHEN 'partial' THEN 1::HUGEINT << 64
            WHEN 'placeholder' THEN 2::HUGEINT << 64
            ELSE 3::HUGEINT << 64
        END AS birth_place,
        (delivered_on - to_years(oldest + 1) + INTERVAL 1 DAY)::DATE AS band_from,
        (delivered_on - to_years(youngest))::DATE AS band_to
    FROM mentions
),
together AS (
    SELECT
        record_id,
        arg_min(role, place) AS role,
        arg_min(forename, place) AS forename,
        arg_min(middle_names, place) AS middle_names,
        arg_min(surname, place) AS surname,
        arg_min(name, place) AS name,
        arg_min(name_part, place) FILTER (name IS NOT NULL) AS name_part,
        arg_min(birth_date_given, birth_place) AS birth_date_given,
        arg_min(birth_date, birth_place) AS birth_date,
        arg_min(birth_date_quality, birth_place) AS birth_date_quality,
        max(band_from) AS band_from,
        min(band_to) AS band_to,
        arg_min(sex, place) AS sex,
        arg_min(ethnicity, place) AS ethnicity,
        arg_min(case_family, place) AS case_family,
        min(place) AS place,
        min(delivered_on) AS first_seen,
        max(delivered_on) AS last_seen,
        bool_or(current) AS in_latest,
        bool_or(sealed) AS sealed
    FROM said
    GROUP BY record_id
)
SELECT
    * EXCLUDE (band_from, band_to),
    CASE WHEN band_from <= band_to THEN band_from END AS born_from,
    CASE WHEN band_from <= band_to THEN band_to END AS born_to
FROM together
