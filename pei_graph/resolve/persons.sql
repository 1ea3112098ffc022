-- What most of a person's records agree on, weighed by the trust in each source. Ties fall to the
-- value first in the alphabet. An initial stands only where nobody gives the name.
CREATE OR REPLACE TEMP TABLE person AS
WITH heard AS (
    SELECT c.label, t.trust, s.*
    FROM spoken s
    JOIN cluster c ON c.code = s.code
    JOIN trusted t ON t.source = s.source
),
spelt AS (
    SELECT label, forename AS spelling, sum(trust)::BIGINT AS trust
    FROM heard
    WHERE forename IS NOT NULL
    GROUP BY label, forename
    UNION ALL
    SELECT label, surname AS spelling, sum(trust)::BIGINT AS trust
    FROM heard
    WHERE surname IS NOT NULL
    GROUP BY label, surname
),
-- Trust and rank in one number, trust first: far cheaper to compare than the texts.
name AS (
    SELECT
        spelt.label,
        s.part,
        s.name_rank,
        any_value(length(s.name) > 1) AS whole,
        sum(spelt.trust)::BIGINT AS trust,
        arg_max(s.spelling, spelt.trust * $ranks + s.given_rank) AS spelling
    FROM spelt
    JOIN spelling s ON s.spelling = spelt.spelling
    WHERE s.name <> ''
    GROUP BY spelt.label, s.part, s.name_rank
),
called AS (
    SELECT
        label,
        part,
        arg_max(
            spelling,
            CASE WHEN whole THEN $ranks * $ranks // 4 ELSE 0 END + trust * $ranks - name_rank
        ) AS spelling
    FROM name
    GROUP BY label, part
),
born AS (
    SELECT label, birth_date
    FROM heard
    WHERE birth_date IS NOT NULL
    GROUP BY label, birth_date
    QUALIFY row_number() OVER (PARTITION BY label ORDER BY sum(trust) DESC, birth_date) = 1
),
whole AS (
    SELECT
        label,
        count(*)::INTEGER AS records,
        count(DISTINCT source)::INTEGER AS sources,
        bool_or(sealed) AS sealed,
        sum(CASE sex WHEN 'F' THEN trust WHEN 'M' THEN -trust END) AS leans_female,
        count(sex) AS sexed,
        max(born_from) AS born_from,
        min(born_to) AS born_to
    FROM heard
    GROUP BY label
)
SELECT
    w.label,
    coalesce(f.given, f.name) AS forename,
    coalesce(s.given, s.name) AS surname,
    b.birth_date,
    CASE
        WHEN w.sexed = 0 THEN NULL
        WHEN w.leans_female >= 0 THEN 'F'
        ELSE 'M'
    END AS sex,
    w.records,
    w.sources,
    CASE
        WHEN b.birth_date IS NOT NULL THEN b.birth_date <= $come_of_age
        WHEN w.born_from > w.born_to THEN NULL
        WHEN w.born_to <= $come_of_age THEN true
        WHEN w.born_from > $come_of_age THEN false
    END AS adult,
    w.sealed
FROM whole w
LEFT JOIN born b ON b.label = w.label
LEFT JOIN called first ON first.label = w.label AND first.part = 'forename'
LEFT JOIN called last ON last.label = w.label AND last.part = 'surname'
LEFT JOIN spelling f ON f.spelling = first.spelling
LEFT JOIN spelling s ON s.spelling = last.spelling;
