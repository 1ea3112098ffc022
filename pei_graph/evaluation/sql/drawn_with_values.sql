-- The plan with what each side's own system says, for judging it away from the pages. A cell that a
-- spreadsheet would run as a formula starts with an apostrophe (OWASP, CSV injection).
CREATE OR REPLACE TEMP MACRO harmless(cell) AS
CASE WHEN regexp_matches(cell, '^[=+\-@\t\r]') THEN '''' || cell ELSE cell END;
CREATE OR REPLACE TEMP VIEW plan AS
SELECT
    drawn.*,
    harmless(l.forename_given) AS forename_l,
    harmless(r.forename_given) AS forename_r,
    harmless(l.surname_given) AS surname_l,
    harmless(r.surname_given) AS surname_r,
    harmless(l.birth_date_given) AS birth_date_l,
    harmless(r.birth_date_given) AS birth_date_r,
    l.sex AS sex_l,
    r.sex AS sex_r,
    harmless(l.address_given) AS address_l,
    harmless(r.address_given) AS address_r
FROM drawn
JOIN records AS l ON l.record_id = drawn.record_l
JOIN records AS r ON r.record_id = drawn.record_r
ORDER BY "order"
