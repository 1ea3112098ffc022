"""People whose home now is one dwelling make a family: FAMILIES.

One person is enough: whether a household counts is for the criteria to say, and a family whose
second member is found later keeps the id it had. Communal and partial addresses form no family, nor
does a dwelling with more people and surnames than a household has. Of a block, whose flats nobody
told, kin and namesakes are a family: on an invented council 98 in 100 such pairs live together, of
others there 22. The living alone make a family; who died at its home stays named with it. Whom the
council has placed in a home is of the family there only as kin; a parent and child who are placed
together are a family of their own.
"""

import duckdb
import numpy as np
import pyarrow as pa

from pei_graph.resolve import identities
from pei_graph.resolve.components import components
from pei_graph.resolve.identities import Letter
from pei_graph.resolve.scripts import SQL

MOST_PEOPLE = 12
"""People above which a dwelling is suspected of being a hostel or a block under one number."""

MOST_SURNAMES = 4
"""Distinct surnames above which so full a dwelling is taken to be communal."""

MOST_PLACED = 3
"""Surnames of those placed in a home above which it is a children's home: three are the usual
fostering limit, to which brothers and sisters do not count (Children Act 1989, schedule 7)."""

_HOMES = """
CREATE OR REPLACE TEMP TABLE home AS
WITH shared AS (
    SELECT
        d.address_id,
        min(d.label) FILTER (NOT d.guest) AS family,
        count(*) FILTER (p.died IS NULL AND NOT d.guest) AS people,
        a.kind
    FROM resident d
    JOIN person p ON p.label = d.label
    JOIN addresses a ON a.address_id = d.address_id AND a.kind IN ('dwelling', 'block')
    ANTI JOIN outside o ON o.address_id = d.address_id
    GROUP BY d.address_id, a.kind
),
many_named AS (
    SELECT d.address_id
    FROM shared
    JOIN resident d ON d.address_id = shared.address_id AND NOT d.guest
    JOIN person p ON p.label = d.label AND p.died IS NULL
    WHERE shared.people > $most_people AND shared.kind = 'dwelling'
    GROUP BY d.address_id
    HAVING count(DISTINCT lower(p.surname_given)) > $most_surnames
)
SELECT
    address_id,
    family,
    kind,
    address_id IN (SELECT address_id FROM many_named) AS overfull
FROM shared
"""

_TIED = """
WITH beside AS (
    SELECT d.label, d.address_id, d.guest, p.person_id
    FROM home
    JOIN resident d ON d.address_id = home.address_id
    JOIN person p ON p.label = d.label
    WHERE home.kind = 'block' OR d.guest
),
named AS (
    SELECT DISTINCT b.label, b.address_id, spelling.name_rank AS surname
    FROM beside b
    JOIN cluster c ON c.label = b.label
    JOIN spoken ON spoken.code = c.code
    JOIN spelling ON spelling.spelling = spoken.surname
    WHERE NOT b.guest
)
SELECT one.label AS one, other.label AS other
FROM named one
JOIN named other ON other.address_id = one.address_id AND other.surname = one.surname
WHERE one.label < other.label
UNION
SELECT one.label, other.label
FROM relations r
JOIN beside one ON one.person_id = r.person_id
JOIN beside other
    ON other.person_id = r.other_person_id
    AND other.address_id = one.address_id
    AND other.guest = one.guest
WHERE NOT one.guest OR r.kind <> 'carer'
"""

_SETTLED = """
CREATE OR REPLACE TEMP TABLE settled AS
SELECT
    CASE
        WHEN home.kind = 'block' OR d.guest THEN coalesce(t.family, d.label)
        ELSE home.family
    END AS family,
    d.label,
    d.address_id,
    d.from_date,
    p.died
FROM home
JOIN resident d ON d.address_id = home.address_id
JOIN person p ON p.label = d.label
LEFT JOIN together t ON t.label = d.label
WHERE d.guest OR NOT home.overfull
"""

_LIVING = """
CREATE OR REPLACE TEMP TABLE living AS
SELECT family, label, address_id, from_date
FROM settled
WHERE died IS NULL
"""

_DIED = """
CREATE OR REPLACE TEMP TABLE mourned AS
WITH beside AS (
    SELECT
        d.*,
        l.from_date <= d.died AS was_there,
        lower(one.surname_given) = lower(other.surname_given) AS named_alike,
        one.person_id AS one_id,
        other.person_id AS other_id
    FROM settled d
    JOIN living l ON l.family = d.family
    JOIN person one ON one.label = d.label
    JOIN person other ON other.label = l.label
    WHERE d.died IS NOT NULL
)
SELECT DISTINCT family, label, address_id, from_date, died
FROM beside
WHERE was_there
    OR named_alike
    OR (one_id, other_id) IN (SELECT (person_id, other_person_id) FROM relations)
    OR (other_id, one_id) IN (SELECT (person_id, other_person_id) FROM relations)
"""
"""Who died at a home where somebody lives who did with them, bears their name or is kin: whoever
came since is no family of theirs."""

_GROUPING = "CREATE OR REPLACE TEMP TABLE grouping AS SELECT DISTINCT family AS new FROM living"

_CLAIM = """
CREATE OR REPLACE TEMP TABLE claim AS
WITH remembered AS (
    SELECT w.label, substr(last.family_id, 3)::BIGINT AS old, count(*) AS records
    FROM last_register last
    JOIN whose w ON w.record_id = last.record_id
    WHERE last.family_id IS NOT NULL
    GROUP BY w.label, old
    QUALIFY row_number() OVER (PARTITION BY w.label ORDER BY records DESC, old) = 1
)
SELECT m.old, living.family AS new, count(*) AS units, count(*) AS remembered
FROM remembered m
JOIN living USING (label)
GROUP BY m.old, living.family
"""

_FAMILIES = """
CREATE OR REPLACE TABLE families AS
SELECT
    g.id AS family_id,
    p.person_id,
    CASE WHEN p.adult THEN 'adult' WHEN NOT p.adult THEN 'child' ELSE 'unknown' END AS role,
    living.address_id,
    living.from_date,
    NULL::DATE AS to_date
FROM living
JOIN given_now g ON g.new = living.family
JOIN person p ON p.label = living.label
UNION ALL
SELECT g.id, p.person_id, 'died', m.address_id, m.from_date, m.died
FROM mourned m
JOIN given_now g ON g.new = m.family
JOIN person p ON p.label = m.label
"""

_OVERFULL = """
INSERT INTO issues (file, "column", rule, severity, rows, advice)
WITH crowded AS (
    SELECT address_id
    FROM persons
    WHERE died IS NULL
    GROUP BY address_id
    HAVING count(*) > $most_people
),
full_homes AS (
    SELECT p.address_id
    FROM persons p
    SEMI JOIN crowded USING (address_id)
    SEMI JOIN addresses a ON a.address_id = p.address_id AND a.kind = 'dwelling'
    WHERE p.died IS NULL
    GROUP BY p.address_id
    HAVING count(DISTINCT lower(p.surname)) > $most_surnames
)
SELECT
    'addresses',
    'address',
    'overfull_dwelling',
    'note',
    count(*),
    'More people and surnames than a household has: taken to be communal, so no family was formed;'
    || ' declare such addresses communal in the contract'
FROM full_homes
HAVING count(*) > 0
"""

_LETTER: Letter = "F"

_MOST = {"most_people": MOST_PEOPLE, "most_surnames": MOST_SURNAMES}


def make(con: duckdb.DuckDBPyConnection, *, run: int) -> None:
    """FAMILIES stands; ids follow most of the people they named, also to another dwelling.

    Needs ``person``, ``dwelling``, ``cluster``, ``spoken``, ``spelling``, ``whose``, RELATIONS,
    ``last_register``, and ``outside``, the addresses that are none of a part's business.
    """
    SQL.run(con, "resident", most_placed=MOST_PLACED)
    con.execute(_HOMES, _MOST)
    con.register("together", _together(con))
    for statement in (_SETTLED, _LIVING, _DIED, _GROUPING, _CLAIM):
        con.execute(statement)
    con.unregister("together")
    identities.give(con, _LETTER, run=run)
    con.execute(_FAMILIES)


def _together(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return who of a block, or placed with a child or parent, is of which family."""
    tied = con.sql(_TIED).fetchnumpy()
    label, ends = np.unique(np.concatenate([tied["one"], tied["other"]]), return_inverse=True)
    one, other = np.split(ends, 2)
    return pa.table({"label": label, "family": label[components(label.size, one, other)]})


def tell_overfull(con: duckdb.DuckDBPyConnection) -> None:
    """ISSUES says how many dwellings are too full for a family. Needs PERSONS."""
    con.execute(_OVERFULL, _MOST)
