-- What a person's answer would change, one row a question, with what its place in the order depends
-- on. Two persons that a link leads between may be one (kind 'join': their strongest link is asked
-- about, of what is not refused if there is any; a possible one is 'outweighed' where no record of the
-- one is a candidate for the other). A person may be two where a weak link alone holds some of the
-- records in (kind 'split': records whose weakest link that is, against those held in better); what is
-- weaker than that holds nothing. ``settled`` counts the pairs of records that the answer puts right if
-- it is not what stands now; ``twice`` the sources that know both sides under ids of their own, and
-- seldom know one human being twice. All links meet all records, so nothing is read there that only a
-- shown question needs.
WITH own AS MATERIALIZED (
    SELECT record_id, person_id, weakest_link
    FROM members
    WHERE state = 'accepted'
),
whose AS MATERIALIZED (
    SELECT
        k.record_l,
        k.record_r,
        k.weight,
        k.state,
        k.veto,
        least(a.person_id, b.person_id) AS person_l,
        greatest(a.person_id, b.person_id) AS person_r,
        least(a.weakest_link, b.weakest_link) AS held_by
    FROM links k
    JOIN own a ON a.record_id = k.record_l
    JOIN own b ON b.record_id = k.record_r
    WHERE a.person_id <> b.person_id
        OR (
            k.weight < $certain
            AND a.weakest_link <> b.weakest_link
            AND k.weight BETWEEN least(a.weakest_link, b.weakest_link) - $rounding
                AND least(a.weakest_link, b.weakest_link) + $rounding
        )
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
joins AS (
    SELECT
        'join' AS kind,
        s.record_l,
        s.record_r,
        s.person_l,
        s.person_r,
        s.weight,
        CASE
            WHEN s.state = 'possible' AND b.person_l IS NULL THEN 'outweighed'
            ELSE s.state
        END AS state,
        s.veto,
        s.accepted > 0 AND s.refused > 0 AS torn,
        l.records AS size_l,
        r.records AS size_r,
        len(list_intersect(l.sources, r.sources)) AS twice
    FROM strongest s
    JOIN persons l ON l.person_id = s.person_l
    JOIN persons r ON r.person_id = s.person_r
    LEFT JOIN believed b ON b.person_l = s.person_l AND b.person_r = s.person_r
),
holds AS (
    SELECT *
    FROM whose
    WHERE person_l = person_r
    QUALIFY row_number() OVER (
        PARTITION BY person_l, held_by
        ORDER BY weight DESC, record_l, record_r
    ) = 1
),
-- Where a person has a record of each source at most, no source knows two sides of it.
doubtful AS MATERIALIZED (
    SELECT h.*
    FROM holds h
    JOIN persons p ON p.person_id = h.person_l
    WHERE h.weight < $doubtful
        OR p.records > len(p.sources)
),
sides AS (
    SELECT
        d.person_l,
        d.held_by,
        list(split_part(o.record_id, ':', 1)) FILTER (o.weakest_link = d.held_by) AS hanging,
        list(split_part(o.record_id, ':', 1)) FILTER (o.weakest_link > d.held_by) AS holding
    FROM doubtful d
    JOIN own o ON o.person_id = d.person_l
    GROUP BY d.person_l, d.held_by
),
splits AS (
    SELECT
        'split' AS kind,
        d.record_l,
        d.record_r,
        d.person_l,
        d.person_r,
        d.weight,
        d.state,
        d.veto,
        false AS torn,
        len(s.holding) AS size_l,
        len(s.hanging) AS size_r,
        len(list_intersect(s.hanging, s.holding)) AS twice
    FROM doubtful d
    JOIN sides s ON s.person_l = d.person_l AND s.held_by = d.held_by
    WHERE s.holding IS NOT NULL
        AND (d.weight < $doubtful OR twice > 0)
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
    state,
    veto,
    torn,
    twice,
    size_l * size_r AS settled,
    record_l IN (FROM working) OR record_r IN (FROM working) AS open_case
FROM asked
