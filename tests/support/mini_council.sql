-- A small invented council, as a finished run's tables. Every name and place is invented; the
-- postcode area ZZ is no postcode area.
INSERT INTO deliveries BY NAME
SELECT source || '-1' AS delivery_id, source, list, source || '.csv' AS file, md5(source) AS sha256,
    1000 AS bytes, DATE '2026-09-28' AS delivered_on, 1 AS sequence, true AS latest,
    'loaded' AS status, rows_in, repeated
FROM (VALUES ('lcs', 'clients', 6, 0), ('capita_one', 'pupils', 3, 0), ('asp', 'incidents', 6, 2))
    t(source, list, rows_in, repeated);

INSERT INTO deliveries BY NAME
SELECT 'asp-0' AS delivery_id, 'asp' AS source, 'incidents' AS list, 'asp_old.csv' AS file,
    md5('old') AS sha256, 1000 AS bytes, DATE '2026-08-28' AS delivered_on, 0 AS sequence,
    false AS latest, true AS overtaken, 'refused' AS status, 0 AS rows_in, 0 AS repeated;
INSERT INTO issues BY NAME
SELECT 'asp' AS source, 'incidents' AS list, 'asp-0' AS delivery_id, 'asp_old.csv' AS file,
    'no_header' AS rule, 'error' AS severity, 'Deliver it with its header' AS advice;

INSERT INTO quarantine BY NAME
SELECT 'asp-1' AS delivery_id, 'asp' AS source, 'incidents' AS list, 'asp.csv' AS file, 5 AS row,
    'date of incident' AS "column", 'impossible_date' AS rule,
    'Ask the owner to correct the date, then deliver again' AS advice, '' AS content;

INSERT INTO issues BY NAME
SELECT 'asp' AS source, 'incidents' AS list, 'asp-1' AS delivery_id, 'asp.csv' AS file,
    'role' AS "column", 'unknown_code' AS rule, 'warning' AS severity, 2 AS rows,
    'Add the code to `codes` of the contract' AS advice;
INSERT INTO issues BY NAME
SELECT 'asp' AS source, 'incidents' AS list, 'asp (contract)' AS file, 'GENDER' AS "column",
    'sexes_exchanged' AS rule, 'error' AS severity, 90 AS rows,
    'Exchange the meanings F and M' AS advice;

INSERT INTO addresses BY NAME
SELECT * FROM (VALUES
    ('A-1', '100000000001', 'ZZ48 1AA', '12', 'invented road', '12 Invented Road, Nowhere', 'dwelling', false),
    ('A-2', '100000000002', 'ZZ48 1AB', '14', 'other street', '14 Other Street, Nowhere', 'dwelling', false),
    ('A-3', NULL, 'ZZ48 2ZZ', '3', 'quiet lane', '3 Quiet Lane, Nowhere', 'dwelling', false),
    ('A-9', '100000000009', 'ZZ48 9ZZ', '9', 'sealed close', '9 Sealed Close, Nowhere', 'dwelling', true)
) t(address_id, uprn, postcode, house, street, line, kind, sealed);

INSERT INTO addresses BY NAME
SELECT 'B-' || n AS address_id, (200000000000 + n)::VARCHAR AS uprn, 'ZZ1 1ZZ' AS postcode,
    n::VARCHAR AS house, 'sample street' AS street, n || ' Sample Street, Nowhere' AS line,
    'dwelling' AS kind, false AS sealed
FROM range(1, 31) t(n);

CREATE TEMP TABLE people AS
SELECT * FROM (VALUES
    ('P-1', 'Testa', 'Example', DATE '1992-03-14', 'F', 'A-1', true, false, ['lcs:1001', 'asp:N1001']),
    ('P-2', 'Rowan', 'Example', DATE '1988-11-02', 'M', 'A-1', true, false, ['asp:N1002']),
    ('P-3', 'Tim', 'Example', DATE '2017-05-04', 'M', 'A-1', false, false, ['lcs:1022', 'capita_one:A800000000001']),
    ('P-4', 'Adaeze', 'Example', DATE '2012-01-20', 'F', 'A-1', false, false, ['lcs:1023', 'capita_one:A800000000002']),
    ('P-5', 'Baby', 'Example', DATE '2024-12-01', 'F', 'A-1', false, false, ['lcs:1024']),
    ('P-6', 'Owen', 'Sample-Roe', DATE '1986-07-09', 'M', 'A-2', true, false, ['lcs:1030']),
    ('P-7', 'Mina', 'Sample', DATE '1990-01-31', 'F', 'A-3', true, false, ['capita_one:A800000000003']),
    ('P-8', 'TIM', 'EXAMPLE', DATE '2017-01-01', NULL, NULL, false, false, ['asp:N1044']),
    ('P-9', 'Hidden', 'Sealed', DATE '2015-06-06', 'F', 'A-9', false, true, ['lcs:1099'])
) t(person_id, forename, surname, birth_date, sex, address_id, adult, sealed, held);

INSERT INTO records BY NAME
SELECT
    record_id,
    split_part(record_id, ':', 1) AS source,
    split_part(record_id, ':', 2) AS source_key,
    CASE WHEN adult THEN 'adult' ELSE 'child' END AS role,
    CASE WHEN record_id = 'lcs:1022' THEN 'Timothy' ELSE forename END AS forename_given,
    surname AS surname_given,
    strftime(birth_date, '%d/%m/%Y') AS birth_date_given,
    a.line AS address_given,
    CASE WHEN record_id = 'lcs:1022' THEN 'timothy' ELSE lower(forename) END AS forename,
    replace(lower(surname), '-', ' ') AS surname,
    [lower(forename)] AS forenames,
    [replace(lower(surname), '-', ' ')] AS surnames,
    birth_date,
    'exact' AS birth_date_quality,
    sex,
    address_id,
    a.uprn,
    a.postcode,
    a.house,
    a.street,
    split_part(record_id, ':', 1) || '-1' AS delivery_id,
    row_number() OVER (ORDER BY record_id) AS row,
    DATE '2026-01-05' AS first_seen,
    DATE '2026-09-28' AS last_seen,
    record_id <> 'lcs:1030' AS in_latest,
    p.sealed
FROM (SELECT * EXCLUDE (held), unnest(held) AS record_id FROM people) p
LEFT JOIN addresses a USING (address_id);

INSERT INTO record_rows SELECT record_id, delivery_id, row FROM records;

INSERT INTO identifiers
SELECT record_id, 'upn', source_key, true FROM records WHERE source = 'capita_one';

INSERT INTO members BY NAME
SELECT unnest(held) AS record_id, person_id, 'accepted' AS state, 0.999 AS probability,
    18.5 AS weakest_link, '+forename +surname +birth_date' AS match_key
FROM people;

INSERT INTO members BY NAME
SELECT 'asp:N1044' AS record_id, 'P-3' AS person_id, 'possible' AS state, 0.624 AS probability,
    0.7 AS weakest_link, '+forename +surname ~birth_date' AS match_key;

INSERT INTO persons BY NAME
SELECT person_id, forename, surname, birth_date, sex, address_id, len(held) AS records,
    list_sort([split_part(each, ':', 1) FOR each IN held]) AS sources, adult, sealed
FROM people;

INSERT INTO persons BY NAME
SELECT 'Q-' || n AS person_id, 'Sam' AS forename, 'Sample' AS surname,
    DATE '1980-01-01' + n::INTEGER * 30 AS birth_date, 'F' AS sex, 'B-' || n AS address_id,
    0 AS records, []::VARCHAR[] AS sources, true AS adult, false AS sealed
FROM range(1, 31) t(n);

INSERT INTO residences BY NAME
SELECT person_id, address_id, DATE '2024-03-01' AS from_date, true AS current, ['lcs'] AS sources
FROM people
WHERE address_id IS NOT NULL;

INSERT INTO residences BY NAME
SELECT 'P-1' AS person_id, 'A-2' AS address_id, DATE '2016-02-01' AS from_date,
    DATE '2024-02-28' AS to_date, false AS current, ['asp'] AS sources;

INSERT INTO residences BY NAME
SELECT 'P-7' AS person_id, 'A-1' AS address_id, DATE '2019-05-01' AS from_date, false AS current,
    ['asp'] AS sources;

INSERT INTO residences BY NAME
SELECT 'P-8' AS person_id, 'A-3' AS address_id, true AS current, []::VARCHAR[] AS sources;

INSERT INTO families BY NAME
SELECT
    'F-' || split_part(address_id, '-', 2) AS family_id,
    person_id,
    CASE WHEN adult THEN 'adult' ELSE 'child' END AS role,
    address_id,
    DATE '2024-03-01' AS from_date
FROM people
WHERE address_id IS NOT NULL;

INSERT INTO families BY NAME
SELECT 'G-' || n AS family_id, 'Q-' || n AS person_id, 'adult' AS role, 'B-' || n AS address_id
FROM range(1, 31) t(n);

INSERT INTO relations BY NAME
SELECT * FROM (VALUES
    ('P-1', 'P-3', 'parent', 'lcs'), ('P-3', 'P-1', 'child', 'lcs'),
    ('P-1', 'P-4', 'parent', 'lcs'), ('P-6', 'P-3', 'parent', 'lcs'),
    ('P-3', 'P-6', 'child', 'lcs'), ('P-9', 'P-3', 'sibling', 'lcs')
) t(person_id, other_person_id, kind, source);

INSERT INTO facts BY NAME
SELECT * FROM (VALUES
    (1, 'lcs:1022', 'child_protection_plan', NULL, DATE '2026-02-11', NULL, 'neglect', NULL, NULL, NULL, 'A. Worker', '01632 960001', 'lcs'),
    (2, 'lcs:1022', 'child_in_need', NULL, DATE '2025-06-01', DATE '2026-02-10', NULL, NULL, NULL, NULL, 'A. Worker', '01632 960001', 'lcs'),
    (3, 'capita_one:A800000000001', 'attendance', NULL, DATE '2026-04-13', DATE '2026-07-22', NULL, 114.0, 125.0, 6.0, NULL, NULL, 'capita_one'),
    (4, 'capita_one:A800000000001', 'attendance', NULL, DATE '2026-01-05', DATE '2026-03-27', NULL, 108.0, 115.0, 2.0, NULL, NULL, 'capita_one'),
    (5, 'capita_one:A800000000001', 'suspension', NULL, DATE '2026-05-06', DATE '2026-05-06', 'two sessions', NULL, NULL, NULL, 'B. Teacher', '01632 960002', 'capita_one'),
    (6, 'asp:N1001', 'domestic_abuse_incident', 'victim', DATE '2026-08-19', NULL, NULL, NULL, NULL, NULL, 'PC Nobody', '01632 960003', 'asp'),
    (7, 'asp:N1001', 'police_incident', 'witness', DATE '2026-05-01', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'asp'),
    (8, 'asp:N1002', 'domestic_abuse_incident', 'suspect', DATE '2026-08-19', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'asp'),
    (9, 'lcs:1099', 'looked_after', NULL, DATE '2023-01-01', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'lcs')
) t(fact_id, record_id, type, role, from_date, to_date, detail, value, total, unauthorised, worker, telephone, source)
CROSS JOIN (SELECT 'involvement' AS kind, DATE '2026-09-28' AS first_told)
JOIN (SELECT record_id, delivery_id, row FROM records) r USING (record_id);

INSERT INTO links BY NAME
SELECT 'asp:N1044' AS record_l, 'lcs:1022' AS record_r, 0.7 AS weight, 0.624 AS probability,
    'model' AS reason, '+forename +surname ~birth_date' AS match_key, 'possible' AS state,
    {'forename': 3.0, 'surname': 4.0, 'birth_date': -1.0, 'sex': 0.0, 'address': 0.0,
     'identifier': 0.0, 'household': 0.0, 'age_band': 0.0, 'birth_place': 0.0,
     'occupation': 0.0} AS bits,
    {'forename': 5, 'surname': 4, 'birth_date': 2, 'sex': NULL, 'address': NULL} AS levels;

INSERT INTO identity_log
VALUES (2, 'P-77', 'join', 'P-3', 'same person'), (2, 'P-3', 'create', NULL, 'new records');

INSERT INTO heirs VALUES ('P-77', 'P-3'), ('F-70', 'F-1'), ('P-78', NULL);

INSERT INTO findings BY NAME
SELECT 'troubled_families_2015' AS pack, *
FROM (VALUES
    ('child_protection_plan', 'children_who_need_help', 'person', 'P-3', 'F-1', 'met', DATE '2026-02-11', NULL, [1], 'On a child protection plan since 11 February 2026'),
    ('domestic_abuse_incident', 'domestic_abuse', 'family', 'F-1', 'F-1', 'met', DATE '2026-08-19', 1.0, [6, 8], 'One incident in the last 12 months'),
    ('persistent_absence', 'school', 'person', 'P-3', 'F-1', 'cusp', DATE '2026-07-22', 91.2, [3, 4], 'Attendance 91.2 %, and falling')
) t(criterion, area, subject_kind, subject, family_id, state, since, value, evidence, because);

INSERT INTO family_areas BY NAME
SELECT 'troubled_families_2015' AS pack, 'F-1' AS family_id, area, state, findings, because
FROM (VALUES
    ('crime_and_asb', 'not_met', 0, 'The police know two people here; no offence in the last 12 months.'),
    ('school', 'cusp', 1, NULL), ('children_who_need_help', 'met', 1, NULL),
    ('work_and_money', 'no_data', 0, 'No source that could tell knows anybody here.'),
    ('domestic_abuse', 'met', 1, NULL),
    ('health', 'no_data', 0, 'No source that could tell knows anybody here.')
) t(area, state, findings, because);

INSERT INTO family_areas BY NAME
SELECT 'troubled_families_2015' AS pack, 'G-' || n AS family_id, 'school' AS area,
    CASE n % 2 WHEN 0 THEN 'cusp' ELSE 'not_met' END AS state,
    (n + 1) % 2 AS findings
FROM range(1, 31) t(n);

INSERT INTO priorities BY NAME
SELECT 'troubled_families_2015' AS pack, 'F-1' AS family_id, *
FROM (VALUES
    ('child_protection_plan', 'children_who_need_help', 3, 'Met'),
    ('domestic_abuse_incident', 'domestic_abuse', 2, 'Met'),
    ('domestic_abuse_incident', 'domestic_abuse', 1, 'In the last three months'),
    ('persistent_absence', 'school', 1, 'On the cusp')
) t(criterion, area, points, reason);

INSERT INTO criteria BY NAME
SELECT 'troubled_families_2015' AS pack, *, 'Invented for a test' AS why, '{}' AS parameters,
    DATE '2026-09-30' AS as_of
FROM (VALUES
    ('child_protection_plan', 'children_who_need_help', 'person', 'Child protection plan'),
    ('domestic_abuse_incident', 'domestic_abuse', 'family', 'Domestic abuse incident'),
    ('persistent_absence', 'school', 'person', 'Persistent absence')
) t(criterion, area, subject, title);
