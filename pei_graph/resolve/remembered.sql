-- What is remembered from here on: of whom each record is, what ids that are no longer used lead to, and
-- what an id named before a join, as long as one that was joined leads to it or it leads to another.
CREATE OR REPLACE TEMP TABLE most_of AS
SELECT 'P-' || o.old AS id, g.id AS person_id
FROM once_most o
JOIN given_now g ON g.new = o.new;
CREATE OR REPLACE TEMP TABLE led AS
SELECT r.id, coalesce(m.person_id, heir.new, r.person_id) AS person_id
FROM last_register r
LEFT JOIN most_of m ON m.id = r.id
LEFT JOIN retirement heir ON heir.old = r.person_id
WHERE r.kind = 'retired'
    AND r.id NOT IN (SELECT id FROM given)
    AND r.id NOT IN (SELECT old FROM retirement)
UNION ALL
SELECT old, new
FROM retirement
WHERE new IS NOT NULL;
INSERT INTO identity_log
SELECT $run, r.id, 'join', led.person_id, 'most of what it named is there now'
FROM last_register r
JOIN led ON led.id = r.id
JOIN most_of m ON m.id = r.id
LEFT JOIN retirement heir ON heir.old = r.person_id
WHERE r.kind = 'retired'
    AND m.person_id IS DISTINCT FROM coalesce(heir.new, r.person_id);
CREATE OR REPLACE TEMP TABLE joined AS
SELECT old AS id, new AS person_id
FROM retirement
WHERE new IS NOT NULL
UNION
SELECT person_id, person_id
FROM led
ANTI JOIN (FROM last_register WHERE kind = 'retired') AS before USING (id, person_id)
WHERE person_id NOT IN (SELECT id FROM last_register WHERE kind = 'once');
CREATE OR REPLACE TEMP TABLE remembered AS
SELECT
    'record' AS kind,
    record_id,
    NULL::VARCHAR AS id,
    coalesce(w.person_id, heir.new, last.person_id) AS person_id,
    last.family_id,
    w.record_id IS NOT NULL AS live,
    coalesce(last.housed, false) AS housed,
    NULL::BIGINT AS number
FROM (FROM last_register WHERE kind = 'record') last
FULL JOIN whose w USING (record_id)
LEFT JOIN retirement heir ON heir.old = last.person_id
UNION ALL
SELECT r.* REPLACE (coalesce(led.person_id, r.person_id) AS person_id)
FROM last_register r
LEFT JOIN led ON led.id = r.id
WHERE r.kind = 'retired'
UNION ALL
FROM last_register
WHERE kind = 'highest'
UNION ALL
FROM last_register
WHERE kind = 'once'
    AND id NOT IN (SELECT old FROM retirement)
    AND (id IN (SELECT id FROM led) OR id IN (SELECT person_id FROM led))
UNION ALL
SELECT 'once', last.record_id, last.person_id, NULL, NULL, NULL, NULL, NULL
FROM last_register last
JOIN whose w ON w.record_id = last.record_id
JOIN joined j ON j.id = last.person_id AND j.person_id = w.person_id
WHERE last.kind = 'record'
    AND last.live;
DROP TABLE joined;
DROP TABLE last_register;
DROP TABLE most_of;
DROP TABLE led
