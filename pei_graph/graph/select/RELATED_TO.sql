SELECT
    person_id, other_person_id, kind,
    CASE kind
        WHEN 'parent' THEN 'child'
        WHEN 'child' THEN 'parent'
        WHEN 'carer' THEN 'cared_for'
        WHEN 'cared_for' THEN 'carer'
        WHEN 'grandparent' THEN 'grandchild'
        WHEN 'grandchild' THEN 'grandparent'
        ELSE kind
    END AS kind_back,
    person_id < other_person_id AS starts_lower,
    source, from_date, to_date
FROM relations
