-- A parent's own birth is bounded by the child's.
CREATE OR REPLACE TEMP TABLE parents AS
SELECT
    facts.record_id,
    (max(child.birth_date) - to_years($oldest))::DATE AS parent_from,
    (min(child.birth_date) - to_years($youngest))::DATE AS parent_to
FROM facts
JOIN records AS child ON child.record_id = facts.other_record_id
WHERE facts.kind = 'relationship'
    AND facts.type = 'parent'
    AND child.birth_date_quality = 'exact'
GROUP BY facts.record_id
