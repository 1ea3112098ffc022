-- Scored pairs as links: bits added up, capped inside households, vetoed, and put in a state. `kept`
-- says which are worth keeping. The run's file keeps this text too (table `model`), so that a pair
-- which was never scored can be judged by the same rules. What it asks of `(l, r)` veto.py writes out.
WITH levelled AS (
    SELECT
        n_l,
        n_r,
        scored.match_key AS rule,
        match_weight,
        mw_forename + mw_tf_adj_forename AS forename_bits,
        mw_surname + mw_tf_adj_surname AS surname_bits,
        mw_birth_date + mw_tf_adj_birth_date AS birth_date_bits,
        mw_sex AS sex_bits,
        mw_address AS address_bits,
        mw_birth_place + mw_tf_adj_birth_place AS birth_place_bits,
        mw_occupation + mw_tf_adj_occupation AS occupation_bits,
        forename_level(mw_forename) AS forename,
        surname_level(mw_surname) AS surname,
        birth_date_level(mw_birth_date) AS birth_date,
        sex_level(mw_sex) AS sex,
        address_level(mw_address) AS address,
        birth_place_level(mw_birth_place) AS birth_place,
        occupation_level(mw_occupation) AS occupation
    FROM scored
),
weighed AS (
    SELECT
        levelled.*,
        CASE
            WHEN address = $dwelling
            THEN household_weight(forename, surname, birth_date, sex) - match_weight
            WHEN company.n_l IS NOT NULL AND forename > 0 THEN $company
            ELSE 0
        END AS household_bits,
        -- Whether it was learnt what a weight means of such a pair: see elsewhere.py.
        coalesce(address, -1) < $dwelling AND forename IS NOT NULL AND surname IS NOT NULL AS learnt,
        CASE WHEN learnt THEN $elsewhere ELSE 0 END AS elsewhere_bits,
        company.n_l IS NOT NULL AS accompanied
    FROM levelled
    LEFT JOIN company USING (n_l, n_r)
),
likely AS (
    SELECT *
    FROM weighed
    WHERE match_weight + greatest(elsewhere_bits, 0) + household_bits >= $floor
        OR rule = 'identifier'
        OR accompanied
        OR (forename = 0 AND surname = $same_surname AND birth_date IS NULL AND address = $dwelling)
),
paired AS (
    SELECT
        l.record_id AS record_l,
        r.record_id AS record_r,
        likely.*,
        list_intersect(l.identifiers, r.identifiers) AS shared,
        coalesce(length(shared) > 0, false) AS identified,
        veto_of(l, r) AS veto,
        -- What a surname says beside the forename: less where the two go together.
        CASE
            WHEN likely.surname = $same_surname AND likely.forename > 0
            THEN least(l.commoner, r.commoner)
            ELSE 0
        END AS common_bits,
        CASE
            WHEN identified THEN 0
            WHEN l.source = r.source THEN l.alone
            WHEN list_contains(l.left_over, r.source) AND list_contains(r.left_over, l.source)
            THEN left_over_bits(least(l.source, r.source), greatest(l.source, r.source))
            ELSE 0
        END AS source_bits,
        CASE
            WHEN l.place = r.place AND l.birth_date = r.birth_date AND one_person_of_two_names(l, r)
            THEN l.sole
        END AS sole,
        CASE
            WHEN likely.forename = 0 AND one_renamed_parent(l, r) THEN $renamed_parent
            WHEN likely.forename > 0
                AND l.source <> r.source
                AND list_has_any(l.parent_of, r.parent_of)
            THEN $parent
        END AS one_child,
        CASE
            WHEN likely.forename = 0 AND the_only_other(l, r)
            THEN coalesce(l.only_other_bits, r.only_other_bits)
        END AS only_other,
        -- One of two gives no birth date, and all others of that full name have one and the same.
        CASE
            WHEN likely.birth_date IS NULL
                AND likely.forename = $same_forename
                AND likely.surname = $same_surname
                AND coalesce(likely.address, -1) < $dwelling
                AND (l.only_name IS NULL) <> (r.only_name IS NULL)
                AND l.source <> r.source
            THEN only_name_bits(
                coalesce(l.only_name, r.only_name),
                coalesce(likely.address, -1)
            )
        END AS only_name,
        -- Without any name a birth date is nobody's in particular; without a birth date a name is not.
        likely.forename IS NULL AND likely.surname IS NULL
        OR (likely.birth_date IS NULL
            AND coalesce(likely.address, 0) < $dwelling
            AND greatest(l.namesakes, r.namesakes) > $namesakes
            AND household_bits <= 0
            AND coalesce(likely.address, 0) + coalesce(likely.birth_place, 0)
                + coalesce(likely.occupation, 0) = 0
        ) AS common
    FROM likely
    JOIN comparables AS l ON l.n = n_l
    JOIN comparables AS r ON r.n = n_r
),
summed AS (
    SELECT
        *,
        CASE WHEN identified THEN $identifier ELSE 0 END AS identifier_bits,
        CASE
            WHEN address = $dwelling THEN $accept_at_home
            WHEN learnt THEN $accept
            ELSE $accept_unlearnt
        END AS enough,
        match_weight + elsewhere_bits - common_bits AS model_weight,
        CASE
            WHEN forename = 0 AND sole > 0 AND address = $dwelling
            THEN greatest(sole - model_weight, household_bits + common_bits)
            WHEN address = $dwelling THEN household_bits + common_bits
            ELSE household_bits
        END AS told_bits,
        -- `greatest` passes over what is not said.
        greatest(
            told_bits,
            one_child - model_weight,
            only_name - model_weight,
            only_other - source_bits - model_weight
        ) AS home_bits,
        model_weight + home_bits + identifier_bits + source_bits AS weight
    FROM paired
)
SELECT
    record_l,
    record_r,
    weight,
    1 / (1 + pow(2, -weight)) AS probability,
    CASE WHEN identified THEN 'identifier' ELSE 'model' END AS reason,
    concat_ws(
        ' ',
        CASE WHEN identified THEN array_to_string(list_sort(list_distinct(list_transform(
            shared,
            lambda identifier: '+' || split_part(identifier, ':', 1)
        ))), ' ') END,
        match_key(forename, surname, birth_date, sex, address, birth_place, occupation),
        CASE
            WHEN identified THEN NULL
            WHEN home_bits = told_bits THEN CASE WHEN forename = 0 AND sole > 0 THEN '+no_twin' END
            WHEN home_bits = one_child - model_weight THEN '+one_child'
            WHEN home_bits = only_name - model_weight THEN '+only_name'
            ELSE '+only_other'
        END
    ) AS match_key,
    CASE
        WHEN veto = 'identifier_conflict' THEN 'possible'
        WHEN veto IS NOT NULL THEN 'refused'
        WHEN identified THEN 'accepted'
        WHEN weight >= enough AND NOT common THEN 'accepted'
        ELSE 'possible'
    END AS state,
    veto,
    model_weight,
    {
        'forename': forename_bits,
        'surname': surname_bits - common_bits,
        'birth_date': birth_date_bits,
        'sex': sex_bits,
        'address': address_bits,
        'identifier': identifier_bits,
        'household': home_bits,
        'age_band': 0.0::DOUBLE,
        'birth_place': birth_place_bits,
        'occupation': occupation_bits,
        'source': source_bits
    } AS bits,
    {
        'forename': forename,
        'surname': surname,
        'birth_date': birth_date,
        'sex': sex,
        'address': address,
        'birth_place': birth_place,
        'occupation': occupation
    } AS levels,
    identified
    OR (veto IS NULL AND weight >= $floor)
    OR weight >= enough AS kept
FROM summed
