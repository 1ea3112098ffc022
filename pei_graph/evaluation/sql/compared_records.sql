CREATE OR REPLACE TEMP TABLE compared AS
SELECT t.record_id AS item, t.person AS truth, m.person_id AS found
FROM true_person t
JOIN members m ON m.record_id = t.record_id AND m.state = 'accepted'
