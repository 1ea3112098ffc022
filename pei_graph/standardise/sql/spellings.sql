-- The names a record is also known by: other fields, and older spellings of the main ones.
INSERT INTO said_names BY NAME
WITH other AS (
    SELECT m.record_id, m.place, 'forename' AS part, m.forename AS spelling
    FROM mentions AS m
    JOIN merged AS r ON r.record_id = m.record_id
    WHERE m.forename <> r.forename
    UNION ALL
    SELECT m.record_id, m.place, 'surname', m.surname
    FROM mentions AS m
    JOIN merged AS r ON r.record_id = m.record_id
    WHERE m.surname <> r.surname
    UNION ALL
    SELECT m.record_id, m.place, m.name_part, m.name
    FROM mentions AS m
    JOIN merged AS r ON r.record_id = m.record_id
    WHERE m.name <> r.name
    UNION ALL
    SELECT record_id, place, 'forename', known_as
    FROM mentions
    WHERE known_as IS NOT NULL
    UNION ALL
    SELECT record_id, place, 'surname', preferred_surname
    FROM mentions
    WHERE preferred_surname IS NOT NULL
    UNION ALL
    SELECT record_id, place, 'surname', former_surname
    FROM mentions
    WHERE former_surname IS NOT NULL
    UNION ALL
    SELECT record_id, place, former_name_part, former_name
    FROM mentions
    WHERE former_name IS NOT NULL
)
SELECT
    record_id,
    part,
    spelling,
    min(place) AS place
FROM other
GROUP BY record_id, part, spelling
