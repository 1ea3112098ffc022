-- What a person's answer would change, one row a question. Two persons that a link leads between may
-- be one (kind 'join': their strongest link is asked about, of what is not refused if there is any;
-- a possible one is 'outweighed' where no record of the one is a candidate for the other).
-- A person may be two where a weak link alone holds some of the records in (kind 'split': records
-- whose weakest link that is, against those held in better); what is weaker than that holds nothing.
-- ``settled`` counts the pairs of records that the answer puts right if it is not what stands now;
-- ``twice`` the sources that know both sides under ids of their own, and seldom know one human being
-- twice.
WITH own AS MATERIALIZED (
    SELECT m.record_id, m.person_id, m.weakest_link, r.source
    FROM members m
    JOIN records r ON r.record_id = m.record_id
    WHERE m.state = 'accepted'
),
whose AS MATERIALIZED (
    SELECT
        k.record_l,
        k.record_r,
        k.weight,
        k.state,
        k.veto,
        k.match_key,
        least(a.person_id, b.person_id) AS person_l,
        greatest(a.person_id, b.person_id) AS person_r,
        a.weakest_link AS weakest_l,
        b.weakest_link AS weakest_r
    FROM links k
    JOIN own a ON a.record_id = k.record_l
    JOIN own b ON b.record_id = k.record_r
    WHERE a.person_id <> b.person_id
        OR k.weight < $certain
),
strongest AS (
    SELECT
        *,
        count(*) FILTER (state = 'accepted') OVER between_two AS accepted,
        count(*) FILTER (state = 'refused') OVER between_two AS refused
    FROM whose
    WHERE person_l <> person_r
    WINDOW between_two AS (PARTITION BY person_l, person_r)
    QUALIFY row_number() OVER (
        PARTITION BY person_l, person_r
        ORDER BY
            state = 'accepted' DESC,
            state = 'possible' DESC,
            weight DESC,
            record_l,
            record_r
    ) = 1
),
believed AS (
    SELECT DISTINCT
        least(o.person_id, m.person_id) AS person_l,
        greatest(o.person_id, m.person_id) AS person_r
    FROM members m
    JOIN own o ON o.record_id = m.record_id
    WHERE m.state = 'possible'
),
known AS (
    SELECT person_id, list(DISTINCT source) AS sources
    FROM own
    WHERE person_id IN (SELECT unnest([person_l, person_r]) FROM strongest)
    GROUP BY person_id
),
joins AS (
    SELECT
        'join' AS kind,
        s.record_l,
        s.record_r,
        s.person_l,
        s.person_r,
        s.weight,
        s.match_key,
        CASE
            WHEN s.state = 'possible' AND b.person_l IS NULL THEN 'outweighed'
            ELSE s.state
        END AS state,
        s.veto,
        s.accepted > 0 AND s.refused > 0 AS torn,
        l.records AS size_l,
        r.records AS size_r,
        len(list_intersect(kl.sources, kr.sources)) AS twice
    FROM strongest s
    JOIN persons l ON l.person_id = s.person_l
    JOIN persons r ON r.person_id = s.person_r
    JOIN known kl ON kl.person_id = s.person_l
    JOIN known kr ON kr.person_id = s.person_r
    LEFT JOIN believed b ON b.person_l = s.person_l AND b.person_r = s.person_r
),
holds AS (
    SELECT *
    FROM whose
    WHERE person_l = person_r
        AND weakest_l <> weakest_r
        AND weight BETWEEN least(weakest_l, weakest_r) - $rounding
            AND least(weakest_l, weakest_r) + $rounding
    QUALIFY row_number() OVER (
        PARTITION BY person_l, least(weakest_l, weakest_r)
        ORDER BY weight DESC, record_l, record_r
    ) = 1
),
level AS (
    SELECT
        person_id,
        weakest_link,
        count(*) AS hanging,
        list(DISTINCT source) AS sources
    FROM own
    WHERE weakest_link IS NOT NULL AND person_id IN (SELECT person_l FROM holds)
    GROUP BY person_id, weakest_link
),
hanging AS (
    SELECT
        person_id,
        weakest_link,
        hanging,
        sources,
        sum(hanging) OVER better AS holding,
        flatten(list(sources) OVER better) AS holding_sources
    FROM level
    WINDOW better AS (
        PARTITION BY person_id
        ORDER BY weakest_link DESC
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
),
splits AS (
    SELECT
        'split' AS kind,
        k.record_l,
        k.record_r,
        k.person_l,
        k.person_r,
        k.weight,
        k.match_key,
        k.state,
        k.veto,
        false AS torn,
        h.holding AS size_l,
        h.hanging AS size_r,
        len(list_intersect(h.sources, h.holding_sources)) AS twice
    FROM holds k
    JOIN hanging h
        ON h.person_id = k.person_l
        AND h.weakest_link = least(k.weakest_l, k.weakest_r)
    WHERE h.holding IS NOT NULL
        AND (k.weight < $doubtful OR twice > 0)
),
asked AS (
    SELECT *
    FROM joins
    UNION ALL
    SELECT *
    FROM splits
),
working AS MATERIALIZED (
    SELECT DISTINCT record_id
    FROM facts
    WHERE kind = 'involvement'
        AND from_date IS NOT NULL
        AND to_date IS NULL
        AND worker IS NOT NULL
)
SELECT
    kind,
    record_l,
    record_r,
    person_l,
    person_r,
    weight,
    match_key,
    state,
    veto,
    torn,
    twice,
    size_l * size_r AS settled,
    record_l IN (FROM working) OR record_r IN (FROM working) AS open_case
FROM asked
ORDER BY kind, record_l, record_r
