-- Both sides of each pair asked, as their sources say it, for somebody who judges on paper.
WITH asked AS (
    SELECT
        unnest($left) AS record_l,
        unnest($right) AS record_r,
        unnest(range(len($left))) AS number
),
carried AS (
    SELECT record_id, string_agg(scheme || ' ' || value, ', ' ORDER BY scheme, value) AS identifiers
    FROM identifiers
    GROUP BY record_id
)
SELECT
    a.record_l,
    a.record_r,
    l.source AS source_l,
    r.source AS source_r,
    l.forename_given AS forename_l,
    r.forename_given AS forename_r,
    l.surname_given AS surname_l,
    r.surname_given AS surname_r,
    l.birth_date_given AS born_l,
    r.birth_date_given AS born_r,
    l.sex AS sex_l,
    r.sex AS sex_r,
    l.address_given AS address_l,
    r.address_given AS address_r,
    cl.identifiers AS identifiers_l,
    cr.identifiers AS identifiers_r
FROM asked a
JOIN records l ON l.record_id = a.record_l
JOIN records r ON r.record_id = a.record_r
LEFT JOIN carried cl ON cl.record_id = a.record_l
LEFT JOIN carried cr ON cr.record_id = a.record_r
ORDER BY a.number
