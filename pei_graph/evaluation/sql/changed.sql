-- What two outcomes over the same records agree on, counted from cells of who was with whom.
WITH shared AS (
    SELECT
        a.person_id AS one,
        b.person_id AS other,
        count(*) AS n
    FROM first.members AS a
    JOIN second.members AS b USING (record_id)
    WHERE a.state = 'accepted' AND b.state = 'accepted'
    GROUP BY ALL
),
cell AS (
    SELECT
        *,
        sum(n) OVER (PARTITION BY one) AS one_size,
        sum(n) OVER (PARTITION BY other) AS other_size,
        count(*) OVER (PARTITION BY one) AS parts,
        count(*) OVER (PARTITION BY other) AS sources
    FROM shared
),
links AS (
    SELECT
        count(*) FILTER (a.state = 'accepted' AND b.state IS DISTINCT FROM 'accepted') AS lost,
        count(*) FILTER (b.state = 'accepted' AND a.state IS DISTINCT FROM 'accepted') AS gained
    FROM first.links AS a
    FULL JOIN second.links AS b USING (record_l, record_r)
)
SELECT
    links.gained AS "links gained",
    links.lost AS "links lost",
    (sum(n * (other_size - n)) / 2)::BIGINT AS "pairs gained",
    (sum(n * (one_size - n)) / 2)::BIGINT AS "pairs lost",
    count(DISTINCT one) AS "persons before",
    count(DISTINCT other) AS "persons after",
    count(*) FILTER (n = one_size AND n = other_size) AS "persons unchanged",
    count(DISTINCT one) FILTER (parts > 1) AS "persons split",
    count(DISTINCT other) FILTER (sources > 1) AS "persons joined"
FROM cell
CROSS JOIN links
GROUP BY links.gained, links.lost
