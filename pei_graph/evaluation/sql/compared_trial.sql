-- The truth beside what one of two models found; `$which` names it.
CREATE OR REPLACE TEMP TABLE compared AS
WITH found AS (
    SELECT 'first' AS which, * FROM first.members
    UNION ALL
    SELECT 'second' AS which, * FROM second.members
)
SELECT
    true_person.record_id AS item,
    true_person.person AS truth,
    found.person_id AS found
FROM true_person
JOIN found USING (record_id)
WHERE found.state = 'accepted' AND which = $which
