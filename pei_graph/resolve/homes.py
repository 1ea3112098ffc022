"""Where each person lives now: what sources say, how often each is right, and who lives with whom.

Sources keep old addresses for years, each in its own measure, and measures itself against the
others: how often what it says is right is learnt from the people of whom several sources speak
(truth discovery by expectation maximisation, after Dawid and Skene, Applied Statistics 28, 1979).
A child is drawn to where its parents are, and a little the other way; an adult whom the sources
that list a household do not know is taken to have left it. Log odds are natural (nats) here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

from pei_graph.resolve.components import Codes, Flags, Weights
from pei_graph.resolve.scripts import SQL

ROUNDS = 8
"""Of expectation maximisation."""

STEPS = 4
"""In which what is believed of one person reaches kin: as far as a grandparent's household."""

LIKE_PRIOR = 10.0
"""People whose weight the prior has in a reliability."""

MOST_RELIABLE = 0.99

BY_PARENT = 3.0
"""Nats by which a parent or carer who surely lives at a place draws a child there: odds of
twenty to one. Results hardly change between 2 and 4."""

BY_KIN = 1.0
"""Nats by which a child draws a parent, and by which brothers, sisters and partners draw one
another. Results hardly change between 0.5 and 2."""

SURE = 3.0
"""Nats from which other sources leave no doubt where somebody lives."""

_VOICE = """
CREATE OR REPLACE TEMP TABLE voice AS
SELECT
    s.label,
    s.address_id,
    s.source,
    dense_rank() OVER (ORDER BY s.address_id) - 1 AS place,
    s.age,
    dense_rank() OVER (ORDER BY s.source, s.age) - 1 AS trait,
    0.5 + 0.48 * t.trust / 100 * power(0.5, greatest(s.age, 0) / 8) AS prior,
    a.kind = 'communal' AS communal
FROM said s
JOIN addresses a ON a.address_id = s.address_id AND a.kind <> 'partial'
JOIN trusted t ON t.source = s.source
WHERE s.open_ended
"""

_VOICES = """
SELECT
    label,
    place,
    trait,
    communal,
    min(source) OVER (PARTITION BY label) <> max(source) OVER (PARTITION BY label) AS compared
FROM voice
ORDER BY label, place, trait
"""

_TRAITS = """
SELECT v.source, v.age, any_value(v.prior) AS prior, any_value(r.nats) AS nats
FROM voice v
LEFT JOIN source_reliability r ON r.source = v.source AND r.age = v.age
GROUP BY v.trait, v.source, v.age
ORDER BY v.trait
"""

HABITS = ("source_reliability", "source_thoroughness")
"""The tables of what is learnt of sources."""

_HABITS = """
CREATE TABLE IF NOT EXISTS source_reliability (source VARCHAR, age BIGINT, nats DOUBLE);
CREATE TABLE IF NOT EXISTS source_thoroughness (source VARCHAR, nats DOUBLE)
"""

_THOROUGHNESS = """
INSERT INTO source_thoroughness
SELECT source, ln(1 - (count(*) FILTER (WHERE known) + 1) / (count(*) + 2)) AS nats
FROM expected
WHERE without >= $sure
GROUP BY source
"""

_SPOT = """
CREATE OR REPLACE TEMP TABLE spot AS
SELECT s.*, p.address_id, p.communal
FROM given_spot s
JOIN (SELECT DISTINCT place, address_id, communal FROM voice) p ON p.place = s.place
"""

_DWELLING = """
CREATE OR REPLACE TEMP TABLE dwelling AS
WITH believed AS (
    SELECT h.label, spot.address_id, r.from_date
    FROM home_of h
    JOIN spot ON spot.number = h.number
    LEFT JOIN residence r ON r.label = h.label AND r.address_id = spot.address_id
    WHERE h.label NOT IN (SELECT label FROM away)
),
vague AS (
    SELECT r.label, r.address_id, r.from_date
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


@dataclass(frozen=True, slots=True)
class Voices:
    """What sources say of where people live, one array each, sorted by person, place and trait.

    ``spot`` numbers person and place together; ``compared`` marks people of whom several sources
    speak.
    """

    label: Codes
    place: Codes
    trait: Codes
    communal: Flags
    compared: Flags
    spot: Codes


@dataclass(frozen=True, slots=True)
class Spots:
    """What may be somebody's home, sorted by person, then place; ``nats`` speak for it."""

    label: Codes
    place: Codes
    nats: Weights


def fill_habits(con: duckdb.DuckDBPyConnection, known: Mapping[str, pa.Table]) -> None:
    """What was learnt of sources before is used again, where ``known`` holds it (by table)."""
    con.execute(_HABITS)
    for name in HABITS:
        con.execute(f"DELETE FROM {name}")
        if name in known:
            con.register("known_habit", known[name])
            con.execute(f"INSERT INTO {name} FROM known_habit")
            con.unregister("known_habit")


def habits(con: duckdb.DuckDBPyConnection) -> dict[str, pa.Table]:
    """Return what is known of sources, by table: how often each is right, and how thorough."""
    return {name: con.sql(f"FROM {name} ORDER BY ALL").to_arrow_table() for name in HABITS}


def find(con: duckdb.DuckDBPyConnection) -> None:
    """The temporary table ``dwelling`` (label, address_id, from_date) holds each person's home now.

    A communal home may be where somebody lives; a place too vague to be one dwelling may only where
    nothing better is known. Needs ``said``, ``residence``, ``trusted``, ``person`` and RELATIONS.
    How often sources are right and how thorough they are is taken from ``source_reliability`` and
    ``source_thoroughness`` where the first is filled, else learnt into them.
    """
    con.execute(_VOICE)
    con.execute(_HABITS)
    known = bool(con.execute("FROM source_reliability LIMIT 1").fetchall())
    voices = _voices(con)
    worth = _worth(con, voices)
    own = _own(voices, worth)
    con.register("worth", pa.table({"trait": np.arange(worth.size), "nats": worth}))
    con.register("in_communal_home", _in_communal_home(voices, own))
    SQL.run(con, "kin", by_parent=BY_PARENT, by_kin=BY_KIN)
    spots = _with_followed(con, own)
    con.register("home_of", _best(spots, _believe(con, spots)))
    SQL.run(con, "expected")
    if not known:
        con.execute(_THOROUGHNESS, {"sure": SURE})
    con.register("away", con.sql(SQL.text("away")).to_arrow_table())
    con.execute(_DWELLING)
    for relation in ("worth", "in_communal_home", "home_of", "away"):
        con.unregister(relation)
    con.execute("; ".join(f"DROP TABLE {table}" for table in ("voice", "kin", "spot", "expected")))


def _voices(con: duckdb.DuckDBPyConnection) -> Voices:
    columns = con.sql(_VOICES).fetchnumpy()
    label, place = columns["label"], columns["place"]
    starts = _changes(label) | _changes(place)
    return Voices(spot=np.cumsum(starts) - 1, **columns)


def _summed(group: Codes, values: Weights, groups: int) -> Weights:
    """Return the sum of the values in each of so many groups."""
    sums: Weights = np.bincount(group, values, minlength=groups).astype(np.float64)
    return sums


def _changes(codes: Codes) -> Flags:
    """Return where a value differs from the one before it; the first does."""
    return np.concatenate([np.ones(min(1, codes.size), np.bool_), codes[1:] != codes[:-1]])


def _nats(reliability: Weights) -> Weights:
    """Return what it says for a place that a source names it."""
    odds: Weights = np.log(reliability / (1 - reliability))
    return odds


def _worth(con: duckdb.DuckDBPyConnection, voices: Voices) -> Weights:
    """Return what each trait says for a place; learnt where ``source_reliability`` is empty."""
    traits = con.sql(_TRAITS).to_arrow_table()
    prior = traits["prior"].to_numpy()
    if not con.execute("FROM source_reliability LIMIT 1").fetchall():
        nats = _nats(_reliability(voices, prior))
        learnt = traits.select(["source", "age"]).append_column("nats", pa.array(nats))
        con.register("learnt", learnt)
        con.execute("INSERT INTO source_reliability FROM learnt")
        con.unregister("learnt")
        return nats
    known = traits["nats"].to_numpy()
    return np.where(np.isnan(known), _nats(prior), known)


def _reliability(voices: Voices, prior: Weights) -> Weights:
    """Return how often what is said of each trait is right."""
    first = _changes(voices.spot)
    label, compared = voices.label[first], voices.compared
    named = np.bincount(voices.trait[compared], minlength=prior.size)
    reliable = prior
    for _ in range(ROUNDS):
        nats = _summed(voices.spot, _nats(reliable)[voices.trait], label.size)
        right = _softmax(nats, label)[voices.spot]
        seen = np.bincount(voices.trait[compared], right[compared], minlength=prior.size)
        reliable = (seen + LIKE_PRIOR * prior) / (named + LIKE_PRIOR)
        reliable = np.minimum(reliable, MOST_RELIABLE)
    return reliable


def _softmax(nats: Weights, label: Codes) -> Weights:
    """Return the probability of each of a person's spots; ``label`` is sorted."""
    if not nats.size:
        return nats
    starts = np.flatnonzero(_changes(label))
    sizes = np.diff(np.append(starts, label.size))
    likely = np.exp(nats - np.repeat(np.maximum.reduceat(nats, starts), sizes))
    share: Weights = likely / np.repeat(np.add.reduceat(likely, starts), sizes)
    return share


def _own(voices: Voices, worth: Weights) -> Spots:
    """Return the places that sources give people, and what speaks for each."""
    first = _changes(voices.spot)
    nats = _summed(voices.spot, worth[voices.trait], int(first.sum()))
    return Spots(voices.label[first], voices.place[first], nats)


def _in_communal_home(voices: Voices, own: Spots) -> pa.Table:
    """Return the people for whose communal home most speaks."""
    communal = voices.communal[_changes(voices.spot)]
    at = _likeliest(own, own.nats)
    return pa.table({"label": own.label[at][communal[at]]})


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
    """Return what speaks for each spot once kin have drawn one another (mean field)."""
    drawn = con.sql(SQL.text("influence")).fetchnumpy()
    nats = spots.nats
    for _ in range(STEPS):
        belief = _softmax(nats, spots.label)
        pull = drawn["pull"] * belief[drawn["by_whom"]]
        nats = spots.nats + _summed(drawn["onto"], pull, spots.nats.size)
    return nats


def _likeliest(spots: Spots, nats: Weights) -> Codes:
    """Return the position of each person's likeliest spot; of equal ones the last place's."""
    order = np.lexsort((spots.place, np.round(nats, 6), spots.label))
    last = np.append(_changes(spots.label[order])[1:], np.ones(min(1, order.size), np.bool_))
    chosen: Codes = order[last]
    return chosen


def _best(spots: Spots, nats: Weights) -> pa.Table:
    at = _likeliest(spots, nats)
    return pa.table({"label": spots.label[at], "place": spots.place[at], "number": at})
