-- How many rows of the true criteria speak of what no family of this run could meet.
SELECT count(*)
FROM true_criteria
WHERE subject_kind NOT IN ('family', 'person')
    OR state NOT IN ('met', 'cusp', 'not_met', 'no_data')
    OR (
        area NOT IN (SELECT area FROM family_areas)
        AND EXISTS (SELECT 1 FROM family_areas)
    )
