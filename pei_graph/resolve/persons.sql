-- What most of a person's records agree on, weighed by the trust in each source. Ties fall to the
-- value first in the alphabet. An initial stands only where nobody gives the name.
CREATE OR REPLACE TEMP TABLE person AS
WITH spoken AS (
    SELECT c.label, t.trust, s.*
    FROM spoken s
    JOIN cluster c ON c.code = s.code
    JOIN trusted t ON t.source = s.source
),
spelling AS (
    SELECT label, 'forename' AS part, forename AS name, forename_given AS given, sum(trust) AS trust
    FROM spoken
    WHERE forename <> ''
    GROUP BY ALL
    UNION ALL
    SELECT label, 'surname' AS part, surname AS name, surname_given AS given, sum(trust) AS trust
    FROM spoken
    WHERE surname <> ''
    GROUP BY ALL
),
name AS (
    SELECT
        label,
        part,
        name,
        sum(trust) AS trust,
        arg_max(coalesce(given, name), (trust, given)) AS given
    FROM spelling
    GROUP BY label, part, name
),
called AS (
    SELECT label, part, given
    FROM name
    QUALIFY row_number() OVER (
        PARTITION BY label, part
        ORDER BY length(name) > 1 DESC, trust DESC, name
    ) = 1
),
born AS (
    SELECT label, birth_date
    FROM spoken
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
    FROM spoken
    GROUP BY label
)
SELECT
    w.label,
    f.given AS forename,
    s.given AS surname,
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
LEFT JOIN called f ON f.label = w.label AND f.part = 'forename'
LEFT JOIN called s ON s.label = w.label AND s.part = 'surname';
