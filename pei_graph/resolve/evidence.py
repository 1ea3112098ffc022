"""RECORDS and LINKS in integer codes, so that clustering never touches a text.

The temporary tables made here live only while the stage runs:

* ``node`` (code, record_id): codes from 0 in the alphabetical order of record ids;
* ``edge`` (l, r, weight, probability, accepted, possible, identifier, vetoed, match_key): LINKS.
"""

from dataclasses import dataclass

import duckdb
import numpy as np

from pei_graph.resolve.components import Codes, Flags, Weights

JUDGED_WEIGHT = 99.0
"""Bits of a human verdict *same* where a weight is asked for: above any weight of the model."""

_NODES = """
CREATE OR REPLACE TEMP TABLE node AS
SELECT
    (row_number() OVER (ORDER BY record_id) - 1)::INTEGER AS code,
    record_id
FROM records
"""

_EDGES = """
CREATE OR REPLACE TEMP TABLE edge AS
SELECT
    a.code AS l,
    b.code AS r,
    k.weight,
    k.probability,
    k.state = 'accepted' AS accepted,
    k.state = 'possible' AS possible,
    k.reason = 'identifier' AS identifier,
    k.veto IS NOT NULL AND NOT (k.reason = 'identifier' AND k.state = 'accepted') AS vetoed,
    k.match_key
FROM links k
JOIN node a ON a.record_id = k.record_l
JOIN node b ON b.record_id = k.record_r
"""

_ACCEPTED = """
SELECT l, r, weight, identifier
FROM edge
ANTI JOIN verdict USING (l, r)
WHERE accepted
    AND NOT vetoed
ORDER BY l, r
"""


@dataclass(frozen=True, slots=True)
class Edges:
    """Accepted links as arrays of one length, in the order of their ends."""

    left: Codes
    right: Codes
    weight: Weights
    identifier: Flags

    def where(self, kept: Flags) -> "Edges":
        """Return the edges for which ``kept`` is true."""
        return Edges(
            self.left[kept], self.right[kept], self.weight[kept], self.identifier[kept]
        )  # fmt: skip

    def __add__(self, other: "Edges") -> "Edges":
        """Return the edges of both."""
        return Edges(
            np.concatenate([self.left, other.left]),
            np.concatenate([self.right, other.right]),
            np.concatenate([self.weight, other.weight]),
            np.concatenate([self.identifier, other.identifier]),
        )


def number(con: duckdb.DuckDBPyConnection) -> int:
    """The tables ``node`` and ``edge`` stand; return the number of records."""
    con.execute(_NODES)
    con.execute(_EDGES)
    [(count,)] = con.execute("SELECT count(*) FROM node").fetchall()
    return int(count)


def accepted(con: duckdb.DuckDBPyConnection) -> Edges:
    """Return the accepted links that no veto and no human verdict touches."""
    return edges(con, _ACCEPTED)


def edges(con: duckdb.DuckDBPyConnection, query: str) -> Edges:
    """Return the links (l, r, weight, identifier) that a query selects."""
    columns = con.execute(query).fetchnumpy()
    return Edges(
        np.asarray(columns["l"], dtype=np.int64),
        np.asarray(columns["r"], dtype=np.int64),
        np.asarray(columns["weight"], dtype=np.float64),
        np.asarray(columns["identifier"], dtype=np.bool_),
    )


def verdicts(con: duckdb.DuckDBPyConnection, verdict: str) -> tuple[Codes, Codes]:
    """Return the ends of the pairs that a person judged ``same`` or ``different``."""
    columns = con.execute(
        "SELECT l, r FROM verdict WHERE verdict = ? ORDER BY l, r", [verdict]
    ).fetchnumpy()
    return np.asarray(columns["l"], dtype=np.int64), np.asarray(columns["r"], dtype=np.int64)
