"""The audit share: pairs that chance chose, so that estimates of errors stay honest.

The queue asks about what is in doubt, so its answers say nothing of the links that nobody doubts.
Now and then a pair of a random sample is asked instead, accepted and refused ones too, and nobody
can tell before they judged it.
"""

import hashlib

import duckdb

from pei_graph.ledger import Showing
from pei_graph.review.scripts import SQL

PLANNED = 300
"""Pairs drawn of each state of links: enough for a share near 99 % to be known to one point."""

EVERY = 10
"""One question in so many is an audit."""

SEED = "audit 1"
"""Another seed draws another sample; judgements keep how likely each was to be drawn."""

Pair = tuple[str, str]


def audit_sample(con: duckdb.DuckDBPyConnection) -> list[tuple[Pair, Showing]]:
    """Return the sampled pairs in the order in which they are to be asked, with their chances.

    ``stratum`` is the state of the link. Where fewer than ``PLANNED`` of a stratum were judged, the
    chance is as much less: they are its first, in an order that is random.
    """
    rows = SQL.run(con, "audit", seed=SEED, planned=PLANNED).fetchall()
    return [((row[0], row[1]), Showing("audit", row[2], row[3])) for row in rows]


def is_audit(by: str, number: int) -> bool:
    """Return whether a person's question of this number is an audit: the same whenever asked.

    >>> sum(is_audit("testa", number) for number in range(1000)) // 10
    10
    """
    chance = hashlib.sha256(f"{SEED}|{by}|{number}".encode()).digest()
    return int.from_bytes(chance[:4], "big") % EVERY == 0
