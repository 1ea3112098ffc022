"""Clusters become MEMBERS: every record accepted once, and where else it may belong."""

import duckdb
import numpy as np
import pyarrow as pa

from pei_graph.resolve import candidates
from pei_graph.resolve.components import Codes, Weights
from pei_graph.resolve.evidence import Links

_WHOSE = """
CREATE OR REPLACE TEMP TABLE whose AS
SELECT node.record_id, c.code, c.label, g.id AS person_id
FROM cluster c
JOIN node ON node.code = c.code
JOIN given_now g ON g.new = c.label
"""

_KNOWN = """
CREATE OR REPLACE TEMP TABLE whose AS
SELECT
    m.record_id,
    node.code,
    min(node.code) OVER (PARTITION BY m.person_id) AS label,
    m.person_id
FROM members m
JOIN node ON node.record_id = m.record_id
WHERE m.state = 'accepted';
CREATE OR REPLACE TEMP TABLE cluster AS
SELECT code, label
FROM whose;
CREATE OR REPLACE TEMP TABLE given_now AS
SELECT label AS new, person_id AS id
FROM whose
WHERE code = label
"""

_ACCEPTED = """
CREATE OR REPLACE TABLE members AS
SELECT
    w.record_id,
    w.person_id,
    'accepted' AS state,
    held.probability,
    c.weakest_link,
    spelt.match_key
FROM whose w
JOIN cluster c ON c.code = w.code
LEFT JOIN held ON held.code = w.code
LEFT JOIN spelt ON spelt.spelling = held.spelling
"""

_POSSIBLE = """
INSERT INTO members
SELECT
    node.record_id,
    g.id,
    'possible',
    candidate.probability,
    candidate.weight,
    spelt.match_key
FROM candidate
JOIN node ON node.code = candidate.code
JOIN given_now g ON g.new = candidate.other
JOIN spelt ON spelt.spelling = candidate.spelling
"""


def make(con: duckdb.DuckDBPyConnection, links: Links, label: Codes) -> None:
    """MEMBERS stands, and the temporary table ``whose`` (record_id, code, label, person_id).

    Needs ``node``, ``spelt``, ``given_now`` and what :func:`.candidates.find` needs, which says to
    whom else a record may belong.
    """
    con.execute(_WHOSE)
    con.register("held", _held(links, label))
    con.execute(_ACCEPTED)
    con.unregister("held")
    con.register("candidate", candidates.find(con, links, label))
    con.execute(_POSSIBLE)
    con.unregister("candidate")


def know(con: duckdb.DuckDBPyConnection) -> Codes:
    """The temporary tables ``whose``, ``cluster`` and ``given_now`` say what MEMBERS says.

    Return the smallest code of each record's person, in the order of ``node``, which is needed.
    """
    con.execute(_KNOWN)
    labels = con.sql("SELECT label FROM cluster ORDER BY code").fetchnumpy()
    return np.asarray(labels["label"], dtype=np.int64)


def _held(links: Links, label: Codes) -> pa.Table:
    """Return what best holds each linked record in its person: probability and match key."""
    inside = (links.accepted | links.possible) & ~links.vetoed
    inside &= label[links.left] == label[links.right]
    ends = np.concatenate([links.left[inside], links.right[inside]])
    weight = np.tile(links.weight[inside], 2)
    spelling = np.tile(np.where(links.accepted, links.spelling, links.settled)[inside], 2)
    probability = _highest(label.size, ends, np.tile(links.probability[inside], 2))
    strongest = weight == _highest(label.size, ends, weight)[ends]
    key = np.full(label.size, -1)
    np.maximum.at(key, ends[strongest], spelling[strongest])
    code = np.flatnonzero(key >= 0)
    return pa.table({"code": code, "probability": probability[code], "spelling": key[code]})


def _highest(count: int, codes: Codes, value: Weights) -> Weights:
    best = np.full(count, -np.inf)
    np.maximum.at(best, codes, value)
    return best
