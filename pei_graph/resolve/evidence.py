"""RECORDS and LINKS in integer codes, so that clustering never touches a text.

The temporary tables made here live only while the stage runs:

* ``node`` (code, record_id): codes from 0 in the alphabetical order of record ids;
* ``spelt`` (match_key, spelling, settled): the match keys of LINKS, numbered in alphabetical order,
  and the number of the same key where the household settled the link.
"""

from dataclasses import dataclass, fields

import duckdb
import numpy as np
import pyarrow as pa

from pei_graph.resolve.components import Codes, Flags, Weights

JUDGED_WEIGHT = 99.0
"""Bits of a human verdict *same* where a weight is asked for: above any weight of the model."""

BY_HOUSEHOLD = " +household"
"""What the match key of a possible link ends in once the people around it settled it."""

Pairs = tuple[Codes, Codes]

_NODES = """
CREATE OR REPLACE TEMP TABLE node AS
SELECT
    n - 1 AS code,
    record_id
FROM record_number
"""

_SPELT = """
CREATE OR REPLACE TEMP TABLE spelt AS
WITH given AS (
    SELECT DISTINCT match_key
    FROM links
),
numbered AS (
    SELECT match_key, row_number() OVER (ORDER BY match_key) - 1 AS spelling
    FROM (SELECT match_key FROM given UNION SELECT match_key || $settled FROM given)
)
SELECT n.match_key, n.spelling, by_household.spelling AS settled
FROM numbered n
LEFT JOIN numbered by_household ON by_household.match_key = n.match_key || $settled
"""

_LINKS = """
SELECT
    a.code AS "left",
    b.code AS "right",
    k.weight,
    k.probability,
    k.state = 'accepted' AS accepted,
    k.state = 'possible' AS possible,
    k.reason = 'identifier' AS identifier,
    k.levels.forename IS NOT NULL AS named,
    k.veto IS NOT NULL AND NOT (k.reason = 'identifier' AND k.state = 'accepted') AS vetoed,
    coalesce(k.veto = 'forename', false) AS by_name,
    spelt.spelling,
    spelt.settled
FROM links k
JOIN node a ON a.record_id = k.record_l
JOIN node b ON b.record_id = k.record_r
JOIN spelt ON spelt.match_key = k.match_key
"""

READ_BY_VETOES = """
COLUMNS(lambda name: name NOT IN (
    'initial', 'initials', 'full_name', 'rare_name', 'namesakes', 'commoner', 'birth_year',
    'birth_day', 'birth_place', 'occupation', 'sector', 'district', 'street', 'house', 'only_name',
    'only_other_bits', 'sole', 'parent_of', 'alone', 'left_over', 'tf_forename', 'tf_surname',
    'tf_birth_date', 'tf_birth_place', 'tf_occupation'
))
"""
"""The columns of ``comparables`` without those that vetoes do not read: its rows are wide."""

_VETOED = f"""
WITH involved AS (
    SELECT {READ_BY_VETOES}
    FROM comparables
    SEMI JOIN (SELECT unnest([l, r]) + 1 AS n FROM asked) AS these USING (n)
),
packed AS MATERIALIZED (
    SELECT n - 1 AS code, involved AS said
    FROM involved
),
told AS MATERIALIZED (
    SELECT asked.l, asked.r, pair_veto(a.said, b.said) AS veto
    FROM asked
    JOIN packed a ON a.code = asked.l
    JOIN packed b ON b.code = asked.r
)
SELECT l, r, veto = 'forename' AS by_name
FROM told
WHERE veto IS NOT NULL
"""
"""The macro is named once, and a row packed once: to understand the macro takes longer than to ask
it of few pairs, and twice as long where DuckDB packs a row at every value that it names."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Accepted links as arrays of one length.

    Those ``named`` agree on a forename, or on two that are taken for one person's.
    """

    left: Codes
    right: Codes
    weight: Weights
    identifier: Flags
    named: Flags

    def where(self, kept: Flags | Codes) -> "Edges":
        """Return the edges for which ``kept`` is true, or whose positions it holds."""
        return Edges(
            self.left[kept], self.right[kept], self.weight[kept], self.identifier[kept],
            self.named[kept],
        )  # fmt: skip

    def __add__(self, other: "Edges") -> "Edges":
        """Return the edges of both."""
        return Edges(
            np.concatenate([self.left, other.left]),
            np.concatenate([self.right, other.right]),
            np.concatenate([self.weight, other.weight]),
            np.concatenate([self.identifier, other.identifier]),
            np.concatenate([self.named, other.named]),
        )


@dataclass(frozen=True, slots=True)
class Links(Edges):
    """LINKS as arrays of one length, in no order.

    ``by_name`` says that a forename is what forbids. ``spelling`` stands for the match key,
    ``settled`` for the key where the household decided.
    """

    probability: Weights
    accepted: Flags
    possible: Flags
    vetoed: Flags
    by_name: Flags
    spelling: Codes
    settled: Codes


def number(con: duckdb.DuckDBPyConnection) -> int:
    """The table ``node`` stands; return the number of records."""
    con.execute(_NODES)
    [(count,)] = con.execute("SELECT count(*) FROM node").fetchall()
    return int(count)


def spell(con: duckdb.DuckDBPyConnection) -> None:
    """The table ``spelt`` stands."""
    con.execute(_SPELT, {"settled": BY_HOUSEHOLD})


def links(con: duckdb.DuckDBPyConnection) -> Links:
    """Return every link. Needs ``node`` and ``spelt``."""
    columns = con.sql(_LINKS).to_arrow_table()
    return Links(**{part.name: columns[part.name].to_numpy() for part in fields(Links)})


def keys(pairs: Pairs, count: int) -> Codes:
    """Return one number for each pair of codes below ``count``."""
    return pairs[0] * count + pairs[1]


def among(asked: Codes, known: Codes) -> Flags:
    """Return for each number asked about whether it is known; sorts the known ones alone."""
    if not known.size:
        return np.zeros(asked.size, dtype=np.bool_)
    known = np.sort(known)
    at = np.searchsorted(known, asked)
    found = at < known.size
    found[found] = known[at[found]] == asked[found]
    return found


def vetoed(con: duckdb.DuckDBPyConnection, pairs: Pairs) -> tuple[Pairs, Flags]:
    """Return the pairs of codes that ``pair_veto`` forbids, and which of them by a forename."""
    if not pairs[0].size:
        return pairs, np.zeros(0, dtype=np.bool_)
    con.register("asked", pa.table({"l": pairs[0], "r": pairs[1]}))
    found = con.execute(_VETOED).fetchnumpy()
    con.unregister("asked")
    left, right, by_name = (np.asarray(found[name]) for name in ("l", "r", "by_name"))
    return (left, right), by_name


def judged(con: duckdb.DuckDBPyConnection, links: Links, count: int) -> Flags:
    """Return for each link whether a person has judged the pair, whatever the verdict."""
    columns = con.execute("SELECT l, r FROM verdict").fetchnumpy()
    pairs = np.asarray(columns["l"], dtype=np.int64), np.asarray(columns["r"], dtype=np.int64)
    return among(keys((links.left, links.right), count), keys(pairs, count))


def verdicts(con: duckdb.DuckDBPyConnection, verdict: str) -> Pairs:
    """Return the ends of the pairs that a person judged ``same`` or ``different``."""
    columns = con.execute(
        "SELECT l, r FROM verdict WHERE verdict = ? ORDER BY l, r", [verdict]
    ).fetchnumpy()
    return np.asarray(columns["l"], dtype=np.int64), np.asarray(columns["r"], dtype=np.int64)
