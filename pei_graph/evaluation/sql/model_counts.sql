-- What the model worked on and what came of it.
SELECT
    (SELECT count(*) FROM records) AS records,
    (SELECT count(*) FROM persons) AS persons,
    (SELECT count(*) FROM links) AS links,
    (SELECT count(*) FROM links WHERE state = 'accepted') AS "accepted links",
    (SELECT count(*) FROM links WHERE state = 'possible') AS "possible links",
    (SELECT count(*) FROM links WHERE state = 'refused') AS "refused links",
    (SELECT count(*) FROM links WHERE reason = 'identifier') AS "links by identifier",
    (SELECT count(DISTINCT record_id) FROM members WHERE state = 'possible')
        AS "records with another candidate"
