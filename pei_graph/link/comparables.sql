-- RECORDS as the model compares them: one row per record.
CREATE OR REPLACE TABLE comparables AS
WITH totals AS (
    SELECT
        sum(records) FILTER (part = 'forename') AS all_forenames,
        sum(records) FILTER (part = 'surname') AS all_surnames,
        sum(records) FILTER (part = 'birth_date') AS all_birth_dates,
        sum(records) FILTER (part = 'birth_place') AS all_birth_places,
        sum(records) FILTER (part = 'occupation') AS all_occupations
    FROM commonness
),
dated AS (
    SELECT
        * EXCLUDE (surname),
        -- One name in both fields is one name: its holder has no other, and it counts once.
        CASE WHEN surname IS DISTINCT FROM forename THEN surname END AS surname,
        CASE
            WHEN forename < surname THEN forename || ' ' || surname
            WHEN forename > surname THEN surname || ' ' || forename
        END AS full_name,
        CASE WHEN birth_date_quality = 'exact' THEN birth_date END AS born,
        -- A day that no calendar has still tells what was meant by most of its digits.
        CASE
            WHEN birth_date IS NOT NULL THEN NULL
            WHEN regexp_full_match(birth_date_given, '[0-9]{8}')
            THEN birth_date_given
            WHEN regexp_full_match(birth_date_given, '[0-9]{4}-[0-9]{2}-[0-9]{2}')
            THEN replace(birth_date_given, '-', '')
            WHEN regexp_full_match(birth_date_given, '[0-9]{2}/[0-9]{2}/[0-9]{4}')
            THEN birth_date_given[7:] || birth_date_given[4:5] || birth_date_given[:2]
        END AS misspelt_day,
        -- Whoever is expected comes up to eighteen weeks early or four late.
        CASE
            WHEN birth_date_quality = 'expected'
            THEN birth_date - 126
            WHEN birth_date_quality = 'partial'
            THEN greatest(birth_date, coalesce(born_from, birth_date))
            ELSE born_from
        END AS band_from,
        CASE
            WHEN birth_date_quality = 'expected'
            THEN birth_date + 28
            WHEN birth_date_quality = 'partial'
            THEN least(
                birth_date + to_days(CASE WHEN month(birth_date) = 1 THEN 365 ELSE 30 END),
                coalesce(born_to, birth_date + to_days(365))
            )::DATE
            ELSE born_to
        END AS band_to
    FROM in_order
),
homes AS (
    SELECT
        whose AS address_id,
        birth_date,
        bits
    FROM sole
    WHERE at_home
),
meant AS (
    SELECT
        record_id,
        only_other,
        bits AS only_other_bits
    FROM only_others
    WHERE bits IS NOT NULL
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
    sound,
    string_split(middle_names, ' ') AS middles,
    family_names,
    coalesce(strftime(born, '%Y%m%d'), misspelt_day) AS birth_date,
    coalesce(born, greatest(band_from, parent_from)) AS born_from,
    coalesce(born, least(band_to, parent_to)) AS born_to,
    strftime(born, '%Y') AS birth_year,
    strftime(born, '%m%d') AS birth_day,
    sex,
    dated.birth_place,
    occupation,
    place,
    postcode,
    -- The part of a postcode that a few thousand homes share, and the part that some sectors do.
    CASE WHEN contains(postcode, ' ') THEN left(postcode, length(postcode) - 2) END AS sector,
    CASE WHEN contains(postcode, ' ') THEN split_part(postcode, ' ', 1) END AS district,
    street,
    house,
    left(forename, 1) AS initial,
    least(left(forename, 1), left(surname, 1)) || greatest(left(forename, 1), left(surname, 1)) AS initials,
    full_name,
    -- A full name that the model has not seen, or once, is one person's.
    CASE WHEN coalesce(held <= $crowd AND namesakes <= $few, true) THEN full_name END AS rare_name,
    CASE WHEN full_name IS NOT NULL THEN coalesce(namesakes, 1) END AS namesakes,
    coalesce(commoner, 0) AS commoner,
    -- Of a full name that one birth date has: who gives it without one, and how rare it is.
    CASE
        WHEN namesakes = 1 AND born IS NULL AND misspelt_day IS NULL
        THEN concat_ws(' ', source, role, name_rarity(
            coalesce(tf.records, 1) / all_forenames,
            coalesce(ts.records, 1) / all_surnames,
            all_surnames
        ))
    END AS only_name,
    -- The birth date of the only other at the home whom it may be, and what that is worth.
    only_other,
    only_other_bits,
    CASE WHEN born IS NOT NULL THEN sole.bits END AS sole,
    CASE WHEN born IS NOT NULL THEN other_roots END AS other_roots,
    home_names,
    parent_of,
    renamed_parent_of,
    strong.identifiers,
    numbers,
    number_schemes,
    birth_order,
    coalesce(alone.bits, 0) AS alone,
    NULL::VARCHAR[] AS left_over,
    -- Under these names Splink finds how common a value is, and need not count again.
    CASE WHEN forename IS NOT NULL THEN coalesce(tf.records, 1) / all_forenames END AS tf_forename,
    CASE WHEN surname IS NOT NULL THEN coalesce(ts.records, 1) / all_surnames END AS tf_surname,
    CASE
        WHEN coalesce(strftime(born, '%Y%m%d'), misspelt_day) IS NOT NULL
        THEN coalesce(tb.records, 1) / all_birth_dates
    END AS tf_birth_date,
    CASE
        WHEN dated.birth_place IS NOT NULL
        THEN coalesce(tp.records, 1) / all_birth_places
    END AS tf_birth_place,
    CASE
        WHEN occupation IS NOT NULL
        THEN coalesce(tw.records, 1) / all_occupations
    END AS tf_occupation
FROM dated
CROSS JOIN totals
JOIN numbered USING (record_id)
LEFT JOIN given_lists USING (forenames)
LEFT JOIN family_lists USING (surnames)
LEFT JOIN places USING (address_id)
LEFT JOIN source_alone AS alone USING (source)
LEFT JOIN parents USING (record_id)
LEFT JOIN strong_identifiers AS strong USING (record_id)
LEFT JOIN own_numbers USING (record_id)
LEFT JOIN parent_of USING (record_id)
LEFT JOIN meant USING (record_id)
LEFT JOIN full_names USING (full_name)
LEFT JOIN homes AS sole USING (address_id, birth_date)
LEFT JOIN two_names USING (birth_date, surname, root)
LEFT JOIN home_names USING (address_id, surname, root)
LEFT JOIN commonness AS tf ON tf.part = 'forename' AND tf.value = forename
LEFT JOIN commonness AS ts ON ts.part = 'surname' AND ts.value = surname
LEFT JOIN commonness AS tp ON tp.part = 'birth_place' AND tp.value = dated.birth_place
LEFT JOIN commonness AS tw ON tw.part = 'occupation' AND tw.value = occupation
LEFT JOIN commonness AS tb ON tb.part = 'birth_date' AND tb.value = strftime(born, '%Y%m%d')
