-- Who is related to whom, and who brings up whom: by relationships, and by a number that a source gives
-- a family, unless more bear it than a household has. Sealed people are left out of it.
CREATE OR REPLACE TEMP TABLE related AS
WITH numbered AS MATERIALIZED (
    SELECT hash(r.case_family) AS family, c.label, any_value(p.adult) AS adult
    FROM records r
    JOIN node ON node.record_id = r.record_id
    JOIN cluster c ON c.code = node.code
    JOIN person p ON p.label = c.label AND NOT p.sealed
    WHERE r.case_family IS NOT NULL
    GROUP BY hash(r.case_family), c.label
),
household AS (
    SELECT family
    FROM numbered
    GROUP BY family
    HAVING count(*) BETWEEN 2 AND $most_people
)
SELECT one.label, other.label AS other, r.kind
FROM relations r
JOIN person one ON one.person_id = r.person_id AND NOT one.sealed
JOIN person other ON other.person_id = r.other_person_id AND NOT other.sealed
UNION
SELECT one.label, other.label, CASE WHEN one.adult = other.adult THEN 'sibling' ELSE 'carer' END
FROM numbered one
SEMI JOIN household ON household.family = one.family
JOIN numbered other
    ON other.family = one.family
    AND other.label <> one.label
    AND (one.adult > other.adult OR (one.adult = other.adult AND other.label > one.label));
CREATE OR REPLACE TEMP TABLE brought_up AS
SELECT DISTINCT label AS parent, other AS child
FROM related
WHERE kind IN ('parent', 'carer');
-- Parents whom one source gives another home than the child within a year, where none of their kin
-- ever lived: it knows that they live apart. Where kin did live, it may be the home before that it
-- still has.
CREATE OR REPLACE TEMP TABLE apart AS
WITH told AS (
    SELECT DISTINCT
        b.parent,
        b.child,
        mine.address_id,
        theirs.number AS source,
        theirs.place AS home
    FROM brought_up b
    JOIN voice mine ON mine.label = b.parent
    JOIN voice theirs
        ON theirs.label = b.child
        AND theirs.number = mine.number
        AND theirs.place <> mine.place
        AND abs(theirs.years - mine.years) < 1
),
differing AS MATERIALIZED (
    SELECT *
    FROM told
    ANTI JOIN voice v
        ON v.label = told.parent
        AND v.number = told.source
        AND v.place = told.home
),
kindred AS (
    SELECT label, other
    FROM related
    UNION ALL
    SELECT other, label
    FROM related
    UNION ALL
    SELECT one.parent, other.parent
    FROM brought_up one
    JOIN brought_up other ON other.child = one.child AND other.parent <> one.parent
),
shared AS (
    SELECT k.label, s.address_id
    FROM kindred k
    SEMI JOIN differing d ON d.parent = k.label
    JOIN said s ON s.label = k.other
),
-- A source that dates moves, and has a child at two homes now, one of them this parent's.
between_two AS (
    SELECT b.parent, b.child
    FROM brought_up b
    JOIN voice mine ON mine.label = b.parent
    JOIN voice here
        ON here.label = b.child
        AND here.number = mine.number
        AND here.place = mine.place
    JOIN voice there
        ON there.label = b.child
        AND there.number = mine.number
        AND there.place <> mine.place
    ANTI JOIN voice too
        ON too.label = b.parent
        AND too.number = mine.number
        AND too.place = there.place
    WHERE mine.source IN (FROM source_dating)
)
SELECT parent, child
FROM differing d
ANTI JOIN shared s ON s.label = d.parent AND s.address_id = d.address_id
UNION
SELECT parent, child
FROM between_two;
-- Who draws whom home, and how strongly, in nats: a child and those who bring it up more surely than
-- brothers and sisters, known as such or by one parent, and partners. Those who draw in one `way` say
-- one thing, however many they are: only each parent is a way of its own. Nobody who lives in a
-- communal home, or where they were placed, is drawn out of it, and nobody is drawn by one who has died.
CREATE OR REPLACE TEMP TABLE kin AS
WITH together AS (
    SELECT label AS one, other
    FROM related
    WHERE kind IN ('sibling', 'partner')
    UNION
    SELECT one.child AS one, other.child AS other
    FROM brought_up one
    JOIN brought_up other ON other.parent = one.parent AND other.child <> one.child
),
bringing_up AS (
    SELECT *
    FROM brought_up
    ANTI JOIN apart USING (parent, child)
),
drawn AS (
    SELECT child AS label, parent AS other, parent AS way, $by_parent::DOUBLE AS pull
    FROM bringing_up
    UNION
    SELECT parent, child, -1, $by_parent::DOUBLE
    FROM bringing_up
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
    UNION ALL
    SELECT l.label
    FROM likeliest l
    SEMI JOIN placement p ON p.label = l.label AND p.place = l.place
)
    AND other NOT IN (SELECT label FROM person WHERE died IS NOT NULL);
DROP TABLE related;
DROP TABLE brought_up;
DROP TABLE apart
