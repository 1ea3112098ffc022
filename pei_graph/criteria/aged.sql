-- Whoever was born on a day that lies otherwise, or is involved in what began or ended on one.
INSERT INTO near_person
WITH involved AS (
    SELECT record_id
    FROM facts
    WHERE kind = 'involvement'
        AND (
            from_date IN (SELECT day FROM passed WHERE date = 'from')
            OR to_date IN (SELECT day FROM passed WHERE date = 'to')
        )
),
aged AS (
    SELECT person_id
    FROM persons
    WHERE birth_date IN (SELECT day FROM passed WHERE date = 'birth_date')
    UNION
    SELECT person_id
    FROM members
    SEMI JOIN involved USING (record_id)
    WHERE state = 'accepted'
)
SELECT person_id
FROM aged
ANTI JOIN near_person USING (person_id)
