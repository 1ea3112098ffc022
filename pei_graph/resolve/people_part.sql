-- What else is read of the records whose persons are found again.
CREATE TABLE part.facts AS
SELECT
    record_id,
    address_id,
    source,
    kind,
    from_date,
    to_date
FROM facts
SEMI JOIN settled_record USING (record_id)
WHERE kind = 'address';
CREATE TABLE part.links AS
FROM links
WHERE record_l IN (FROM settled_record)
    AND record_r IN (FROM settled_record);
-- A row of `comparables` is wide: what vetoes do not read stays behind.
CREATE TABLE part.comparables AS
WITH compared AS (
    SELECT COLUMNS(lambda name: name NOT IN (
        'n', 'initial', 'initials', 'full_name', 'rare_name', 'namesakes', 'commoner', 'birth_year',
        'birth_day', 'birth_place', 'occupation', 'sector', 'district', 'street', 'house',
        'only_name', 'only_other_bits', 'sole', 'parent_of', 'alone', 'left_over', 'tf_forename',
        'tf_surname', 'tf_birth_date', 'tf_birth_place', 'tf_occupation'
    ))
    FROM comparables
)
SELECT
    numbered.n,
    compared.*
FROM part.record_number AS numbered
JOIN compared USING (record_id)
