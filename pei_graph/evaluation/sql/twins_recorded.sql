-- Twins where the truth does not name them: two people of one family, born on one day as most of
-- their records say.
CREATE OR REPLACE TEMP TABLE twins AS
WITH born AS (
    SELECT t.person, r.birth_date
    FROM true_person t
    JOIN records r USING (record_id)
    WHERE r.birth_date_quality = 'exact'
    GROUP BY t.person, r.birth_date
    QUALIFY row_number() OVER (PARTITION BY t.person ORDER BY count(*) DESC, r.birth_date) = 1
)
SELECT a.person AS one, b.person AS other
FROM true_families a
JOIN true_families b ON b.family = a.family AND b.person > a.person
JOIN born x ON x.person = a.person
JOIN born y ON y.person = b.person AND y.birth_date = x.birth_date
