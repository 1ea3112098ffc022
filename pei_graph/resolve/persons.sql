-- What most of a person's records agree on, weighed by the trust in each source. Ties fall to the
-- value first in the alphabet. An initial stands only where nobody gives the name. A birth date that
-- more records give comes first whoever gives it: of invented people's, where two records gave one
-- date and a source trusted more another, the two were right 45 times of 49. The day on which a child is
-- expected stands until anybody tells of the birth.
CREATE OR REPLACE TEMP TABLE person AS
WITH heard AS (
    SELECT
        c.label,
        t.trust,
        s.source,
        coalesce(s.birth_date, s.expected) AS birth_date,
        s.birth_date IS NOT NULL AS was_born,
        s.sex,
        s.born_from,
        s.born_to,
        s.sealed
    FROM spoken s
    JOIN cluster c ON c.code = s.code
    JOIN trusted t ON t.source = s.source
),
born AS (
    SELECT label, birth_date
    FROM heard
    WHERE birth_date IS NOT NULL
    GROUP BY label, was_born, birth_date
    QUALIFY row_number() OVER (
        PARTITION BY label
        ORDER BY was_born DESC, count(*) DESC, sum(trust) DESC, birth_date
    ) = 1
),
-- Systems learn of a death late: of days that as many give, the earliest is nearest to it. A day that
-- what happened later contradicts stands only where there is no other, and none does that lies before
-- anybody was expected.
died AS (
    SELECT d.label, d.day, d.doubted
    FROM death d
    LEFT JOIN born b ON b.label = d.label
    WHERE coalesce(d.day > b.birth_date - to_months($unborn::INTEGER), true)
    QUALIFY row_number() OVER (
        PARTITION BY d.label
        ORDER BY d.doubted, d.sources DESC, d.trust DESC, d.day
    ) = 1
),
by_source AS (
    SELECT
        label,
        source,
        count(*) AS records,
        bool_or(sealed) AS sealed,
        sum(CASE sex WHEN 'F' THEN trust WHEN 'M' THEN -trust END)::BIGINT AS leans_female,
        count(sex) AS sexed,
        max(born_from) AS born_from,
        min(born_to) AS born_to
    FROM heard
    GROUP BY label, source
),
whole AS (
    SELECT
        label,
        sum(records)::INTEGER AS records,
        list(source ORDER BY source) AS sources,
        bool_or(sealed) AS sealed,
        sum(leans_female)::BIGINT AS leans_female,
        sum(sexed)::BIGINT AS sexed,
        max(born_from) AS born_from,
        min(born_to) AS born_to
    FROM by_source
    GROUP BY label
),
shown AS (
    SELECT s.spelling, coalesce(s.given, s.name) AS given, shouted.shown
    FROM spelling s
    LEFT JOIN shouted ON shouted.given = coalesce(s.given, s.name)
)
SELECT
    w.label,
    g.id AS person_id,
    coalesce(f.shown, f.given) AS forename,
    coalesce(s.shown, s.given) AS surname,
    s.given AS surname_given,
    b.birth_date,
    CASE WHEN NOT died.doubted THEN died.day END AS died,
    CASE WHEN died.doubted THEN died.day END AS said_died,
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
        WHEN $come_of_age - w.born_from >= $likely * (w.born_to - w.born_from) THEN true
    END AS adult,
    w.sealed
FROM whole w
LEFT JOIN born b ON b.label = w.label
LEFT JOIN died ON died.label = w.label
JOIN given_now g ON g.new = w.label
JOIN called ON called.label = w.label
LEFT JOIN shown f ON f.spelling = called.forename
LEFT JOIN shown s ON s.spelling = called.surname;
