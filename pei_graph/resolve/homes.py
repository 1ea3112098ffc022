"""Where each person lives now: what sources say, how stale it is, and who lives with whom.

What sources say is weighed by :mod:`~pei_graph.resolve.moves`. A child and its parents are drawn to
one another; an adult whom the sources that list a household do not know is taken to have left it.
Log odds are natural (nats) here.
"""

from collections.abc import Mapping
from datetime import date

import duckdb
import numpy as np
import pyarrow as pa

from pei_graph.resolve import moves
from pei_graph.resolve.components import Codes, Weights
from pei_graph.resolve.moves import Claims, Habits, Spots, changes, summed
from pei_graph.resolve.scripts import SQL

STEPS = 4
"""In which what is believed of one person reaches kin: as far as a grandparent's household."""

BY_PARENT = 3.0
"""Nats by which a child and a parent or carer draw one another to where they surely live, unless a
source knows that they live apart: odds of twenty to one. Results hardly change between 2 and 4."""

BY_SIBLING = 2.0
"""Nats by which brothers, sisters and partners draw one another. Results hardly change between 1
and 3."""

OF_AN_AGE = 15 * 365
"""Days within which those who bring up a child together are nearly always born."""

SURE = 0.5
"""Nats from which an adult has left a home: odds of five to three. Sources that are silent about
somebody are so together more often than each by itself: of adults between that and even odds 58 in
100 still lived there on an invented council, and of those up to as much the other way 65."""

MOST_PEOPLE = 12
"""People above which a number that a source gives a family is taken to be of something else."""

_VOICES = """
SELECT
    label,
    place,
    number AS source,
    years,
    min(source) OVER (PARTITION BY label) <> max(source) OVER (PARTITION BY label) AS compared
FROM voice
ORDER BY label, years DESC, place, source
"""

_SOURCES = """
SELECT
    v.source,
    any_value(v.prior) AS prior,
    coalesce(any_value(s.share), any_value(v.prior)) AS stale
FROM voice v
LEFT JOIN source_staleness s ON s.source = v.source
GROUP BY v.number, v.source
ORDER BY v.number
"""

HABITS = (
    "source_dating", "source_staleness", "source_moving", "source_thoroughness",
    "source_third_adult",
)  # fmt: skip
"""The tables of what is learnt of sources."""

_THOROUGHNESS = """
INSERT INTO source_thoroughness
SELECT source, ln(1 - (count(*) FILTER (WHERE known) + 1) / (count(*) + 2)) AS nats
FROM expected
WHERE others > 1
GROUP BY source
"""

_THIRD_ADULT = """
INSERT INTO source_third_adult
WITH listed AS (
    SELECT v.place, v.source, v.label, p.birth_date
    FROM voice v
    JOIN person p ON p.label = v.label AND p.adult
    WHERE NOT v.communal
        AND v.place IN (
            SELECT child.place
            FROM voice child
            JOIN person p ON p.label = child.label
            WHERE NOT p.adult
        )
),
beside AS (
    SELECT one.place, one.source, one.label, count(*) AS others
    FROM listed one
    JOIN listed other
        ON other.place = one.place
        AND other.source = one.source
        AND other.label <> one.label
        AND abs(other.birth_date - one.birth_date) <= $days
    GROUP BY ALL
),
home AS (
    SELECT max(others) AS others
    FROM beside
    GROUP BY place, source
)
SELECT least(
    0,
    ln((count(*) FILTER (WHERE others > 1) + 1) / (count(*) FILTER (WHERE others = 1) + 1))
)
FROM home
"""

_SPOT = """
CREATE OR REPLACE TEMP TABLE spot AS
SELECT
    s.*,
    p.address_id,
    placement.label IS NOT NULL AS placed,
    NOT (p.communal OR placement.label IS NOT NULL) AS draws
FROM given_spot s
JOIN (SELECT DISTINCT place, address_id, communal FROM voice) p ON p.place = s.place
LEFT JOIN placement ON placement.label = s.label AND placement.place = s.place
"""

_DWELLING = """
CREATE OR REPLACE TEMP TABLE dwelling AS
WITH believed AS (
    SELECT h.label, spot.address_id, r.from_date, spot.placed
    FROM home_of h
    JOIN spot ON spot.number = h.number
    LEFT JOIN residence r ON r.label = h.label AND r.address_id = spot.address_id
    WHERE h.label NOT IN (SELECT label FROM away)
),
vague AS (
    SELECT r.label, r.address_id, r.from_date, r.placed
    FROM residence r
    JOIN addresses a ON a.address_id = r.address_id AND a.kind = 'partial'
    ANTI JOIN home_of h ON h.label = r.label
    WHERE r.open_ended
    QUALIFY row_number() OVER (
        PARTITION BY r.label
        ORDER BY r.from_date DESC NULLS LAST, r.address_id
    ) = 1
)
SELECT *
FROM believed
UNION ALL
SELECT *
FROM vague
"""


def fill_habits(con: duckdb.DuckDBPyConnection, known: Mapping[str, pa.Table]) -> None:
    """What was learnt of sources before is used again, where ``known`` holds it (by table)."""
    SQL.run(con, "habits")
    for name in HABITS:
        con.execute(f"DELETE FROM {name}")
        if name in known:
            con.register("known_habit", known[name])
            con.execute(f"INSERT INTO {name} FROM known_habit")
            con.unregister("known_habit")


def habits(con: duckdb.DuckDBPyConnection) -> dict[str, pa.Table]:
    """Return what is known of sources, by table: how often each is out of date, how thorough."""
    return {name: con.sql(f"FROM {name} ORDER BY ALL").to_arrow_table() for name in HABITS}


def find(con: duckdb.DuckDBPyConnection, *, as_of: date) -> None:
    """The temporary table ``dwelling`` (label, address_id, from_date, placed) says who is where.

    A communal home may be where somebody lives; a place too vague to be one dwelling may only where
    nothing better is known. Needs ``said``, ``residence``, ``statement``, ``spoken``, ``spelling``,
    ``cluster``, ``trusted``, ``person`` and RELATIONS. What sources are like is taken from the
    tables of ``HABITS`` where they are filled, else learnt into them.
    """
    SQL.run(con, "meant", as_of=as_of)
    SQL.run(con, "voice", as_of=as_of)
    known = bool(con.execute("FROM source_staleness LIMIT 1").fetchall())
    own = _own(con)
    con.register("likeliest", _best(own, own.nats))
    SQL.run(con, "kin", by_parent=BY_PARENT, by_sibling=BY_SIBLING, most_people=MOST_PEOPLE)
    spots = _with_followed(con, own)
    con.register("home_of", _best(spots, _believe(con, spots)))
    SQL.run(con, "expected", days=OF_AN_AGE)
    if not known:
        con.execute(_THOROUGHNESS)
        con.execute(_THIRD_ADULT, {"days": OF_AN_AGE})
    away = con.sql(SQL.text("away"), params={"days": OF_AN_AGE, "sure": SURE})
    con.register("away", away.to_arrow_table())
    con.execute(_DWELLING)
    for relation in ("likeliest", "home_of", "away"):
        con.unregister(relation)
    temporary = ("meant", "voice", "placement", "kin", "spot", "raising", "expected")
    con.execute("; ".join(f"DROP TABLE {table}" for table in temporary))


def _own(con: duckdb.DuckDBPyConnection) -> Spots:
    """Return the places that sources give people, and what speaks for each."""
    voices = con.sql(_VOICES).fetchnumpy()
    claims = Claims(**{name: np.asarray(column) for name, column in voices.items()})
    return moves.weigh(claims, _habits(con, claims))


def _habits(con: duckdb.DuckDBPyConnection, claims: Claims) -> Habits:
    """Return what sources are like; learnt where ``source_staleness`` is empty."""
    sources = con.sql(_SOURCES).to_arrow_table()
    moving = con.execute("FROM source_moving").fetchall()
    if moving:
        return Habits(sources["stale"].to_numpy(), moving[0][0])
    learnt = moves.learn(claims, sources["prior"].to_numpy())
    con.register("learnt", pa.table({"source": sources["source"], "share": learnt.stale}))
    con.execute("INSERT INTO source_staleness FROM learnt")
    con.unregister("learnt")
    con.execute("INSERT INTO source_moving VALUES (?)", [learnt.moving])
    return learnt


def _with_followed(con: duckdb.DuckDBPyConnection, own: Spots) -> Spots:
    """Return the spots with those to which people may have followed their kin; ``spot`` stands."""
    _store(con, own)
    more = con.sql(SQL.text("followed")).fetchnumpy()
    label = np.concatenate([own.label, more["label"]])
    place = np.concatenate([own.place, more["place"]])
    nats = np.concatenate([own.nats, np.zeros(more["label"].size)])
    order = np.lexsort((place, label))
    spots = Spots(label[order], place[order], nats[order])
    _store(con, spots)
    return spots


def _store(con: duckdb.DuckDBPyConnection, spots: Spots) -> None:
    columns = {"label": spots.label, "place": spots.place, "number": np.arange(spots.label.size)}
    con.register("given_spot", pa.table(columns))
    con.execute(_SPOT)
    con.unregister("given_spot")


def _believe(con: duckdb.DuckDBPyConnection, spots: Spots) -> Weights:
    """Return what speaks for each spot once kin have drawn one another (mean field).

    Of kin who say one thing, the one that is surest to be there is heard: children, who live
    together, are not as many witnesses of where a parent is.
    """
    drawn = con.sql(SQL.text("influence")).fetchnumpy()
    first = np.flatnonzero(changes(drawn["alike"]))
    onto = drawn["onto"][first]
    nats = spots.nats
    for _ in range(STEPS if first.size else 0):
        belief = _belief(nats, spots.label)
        pull = np.maximum.reduceat(drawn["pull"] * belief[drawn["by_whom"]], first)
        nats = spots.nats + summed(onto, pull, spots.nats.size)
    return nats


def _belief(nats: Weights, label: Codes) -> Weights:
    """Return the probability of each of a person's spots, against each other and anywhere else.

    ``label`` is sorted.
    """
    starts = np.flatnonzero(changes(label))
    sizes = np.diff(np.append(starts, label.size))
    most = np.maximum(np.maximum.reduceat(nats, starts), 0)
    likely = np.exp(nats - np.repeat(most, sizes))
    whole = np.add.reduceat(likely, starts) + np.exp(-most)
    belief: Weights = likely / np.repeat(whole, sizes)
    return belief


def _likeliest(spots: Spots, nats: Weights) -> Codes:
    """Return the position of each person's likeliest spot; of equal ones the last place's."""
    order = np.lexsort((spots.place, np.round(nats, 6), spots.label))
    last = np.append(changes(spots.label[order])[1:], np.ones(min(1, order.size), np.bool_))
    chosen: Codes = order[last]
    return chosen


def _best(spots: Spots, nats: Weights) -> pa.Table:
    at = _likeliest(spots, nats)
    columns = {"label": spots.label[at], "place": spots.place[at], "nats": nats[at], "number": at}
    return pa.table(columns)
