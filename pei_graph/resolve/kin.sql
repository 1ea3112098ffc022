-- Who draws whom home, and how strongly, in nats: a child lives with its parents or carers more
-- surely than they with it; brothers and sisters, known as such or by one parent, and partners draw
-- one another. Those who draw in one `way` say one thing, however many they are: only each parent is a
-- way of its own. Sealed people draw nobody and are drawn nowhere, nor is anybody who lives in a
-- communal home drawn out of it.
CREATE OR REPLACE TEMP TABLE kin AS
WITH related AS (
    SELECT DISTINCT one.label, other.label AS other, r.kind
    FROM relations r
    JOIN person one ON one.person_id = r.person_id AND NOT one.sealed
    JOIN person other ON other.person_id = r.other_person_id AND NOT other.sealed
),
brought_up AS (
    SELECT DISTINCT label AS parent, other AS child
    FROM related
    WHERE kind IN ('parent', 'carer')
),
together AS (
    SELECT label AS one, other
    FROM related
    WHERE kind IN ('sibling', 'partner')
    UNION
    SELECT one.child AS one, other.child AS other
    FROM brought_up one
    JOIN brought_up other ON other.parent = one.parent AND other.child <> one.child
),
drawn AS (
    SELECT child AS label, parent AS other, parent AS way, $by_parent::DOUBLE AS pull
    FROM brought_up
    UNION
    SELECT parent, child, -1, $by_child::DOUBLE
    FROM brought_up
    UNION
    SELECT one, other, -2, $by_sibling::DOUBLE
    FROM together
    UNION
    SELECT other, one, -2, $by_sibling::DOUBLE
    FROM together
)
SELECT *
FROM drawn
WHERE label NOT IN (
    SELECT l.label
    FROM likeliest l
    SEMI JOIN (FROM voice WHERE communal) c ON c.place = l.place
)
