-- Of each record the person, and every single word that it gives as part of a name.
SELECT
    m.person_id,
    string_split(array_to_string(list_concat(r.forenames, r.surnames), ' '), ' ') AS words
FROM records r
LEFT JOIN members m ON m.record_id = r.record_id AND m.state = 'accepted'
