-- Of whom something else counts on the one day than on the other: a fact has begun, what a source says
-- has ended, or they have come of age. What is known of somebody's age stands with the person: two
-- records may bound it together.
INSERT INTO retold
SELECT record_id
FROM facts
WHERE (from_date > $first AND from_date <= $last) OR (to_date >= $first AND to_date < $last)
UNION
SELECT record_id
FROM records
WHERE (birth_date > $of_age_first AND birth_date <= $of_age_last)
    OR (born_from > $of_age_first AND born_from <= $of_age_last)
    OR (born_to > $of_age_first AND born_to <= $of_age_last)
UNION
SELECT record_id
FROM (
    SELECT
        list(record_id) AS record_ids,
        max(born_from) AS oldest,
        min(born_to) AS youngest
    FROM members
    JOIN (SELECT person_id FROM persons WHERE birth_date IS NULL) USING (person_id)
    JOIN records USING (record_id)
    WHERE state = 'accepted'
    GROUP BY person_id
) AS person, unnest(person.record_ids) AS each_record (record_id)
WHERE ($of_age_first - oldest >= $likely * (youngest - oldest))
    IS DISTINCT FROM ($of_age_last - oldest >= $likely * (youngest - oldest))
