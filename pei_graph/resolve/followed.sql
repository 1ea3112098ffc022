-- The homes of kin to which a child may have followed them, or somebody whom no source places, or who
-- had a home with them before; not one that a source knows them to have left.
WITH together AS (
    SELECT DISTINCT kin.label, kin.other
    FROM kin
    JOIN spot mine ON mine.label = kin.label
    JOIN spot theirs ON theirs.label = kin.other AND theirs.place = mine.place
)
SELECT DISTINCT kin.label, spot.place
FROM kin
JOIN person ON person.label = kin.label
JOIN spot ON spot.label = kin.other AND spot.draws
ANTI JOIN spot own ON own.label = kin.label AND own.place = spot.place
ANTI JOIN said ON said.label = kin.label AND said.address_id = spot.address_id
WHERE person.adult = false
    OR kin.label NOT IN (SELECT label FROM spot)
    OR EXISTS (
        SELECT 1
        FROM together
        WHERE together.label = kin.label AND together.other = kin.other
    )
