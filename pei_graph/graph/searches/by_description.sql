-- Persons whose records answer to every part of a description; the likeness of names decides the order.
-- An index says whose records are, as long as nothing else is asked of the same rows.
WITH asked AS (
    SELECT
        unnest($word::INTEGER[]) AS word,
        unnest($spelling::VARCHAR[]) AS spelling,
        unnest($likeness::DOUBLE[]) AS likeness
),
answering AS (
    SELECT record_id, birth_date, address_id, forenames, surnames
    FROM records
    WHERE ($born::DATE IS NULL OR birth_date = $born::DATE)
        AND (
            $year::INTEGER IS NULL
            OR birth_date BETWEEN make_date($year::INTEGER, 1, 1) AND make_date($year::INTEGER, 12, 31)
        )
        AND {place}
),
given AS (
    SELECT record_id, unnest(list_concat(forenames, surnames)) AS name
    FROM answering
    WHERE $words > 0
),
spoken AS (
    SELECT record_id, unnest(string_split(name, ' ')) AS spelling
    FROM given
),
named AS (
    SELECT record_id, word, max(likeness) AS likeness
    FROM spoken
    JOIN asked USING (spelling)
    GROUP BY record_id, word
),
scored AS (
    SELECT record_id, sum(likeness) / $words AS likeness
    FROM named
    GROUP BY record_id
    HAVING count(*) = $words
    UNION ALL
    SELECT record_id, 1.0
    FROM answering
    WHERE $words = 0
)
SELECT m.person_id, max(s.likeness) FILTER (m.state = 'accepted')::DOUBLE AS score
FROM scored s
JOIN members m ON m.record_id = s.record_id
GROUP BY m.person_id
HAVING score IS NOT NULL
ORDER BY score DESC, m.person_id
LIMIT $most;
