"""Who is left over in two sources that hold nobody twice is likelier to be one person there.

In: LINKS as judged pair by pair, ``comparables``, ``source_alone``. Out: the column ``left_over``
of ``comparables``, the sources in which a record has no partner, and what it is worth to be left
over in each other's source. Once nearly all have found theirs, few are left to be whom the others
are; how many of them still have a partner is learnt from how well they agree (expectation
maximisation). Not asked among families, where the weight of relatives does not mean what it says.
"""

from itertools import groupby

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pei_graph import sql
from pei_graph.link.scripts import SQL

Numbers = NDArray[np.float64]

NOBODY_TWICE = -8.0
"""Bits against two ids of one source being one person, from which it holds nobody twice."""

ROUNDS = 100
"""Of expectation maximisation, over a few pairs."""

FEWEST = 3.0
"""Partners expected among those left over, under which nothing is told of them."""

LEFT_OVER = "left_over"
"""The table of a model that says what it is worth (source, other, bits)."""

_WEIGHTS = """
WITH left_pairs AS (
    SELECT
        least(l.source, r.source) AS source,
        greatest(l.source, r.source) AS other,
        weight
    FROM links
    JOIN comparables AS l ON l.record_id = record_l
    JOIN comparables AS r ON r.record_id = record_r
    WHERE list_contains(l.left_over, r.source)
        AND list_contains(r.left_over, l.source)
        AND veto IS NULL
),
sizes AS (
    SELECT source, other, count(*) AS records
    FROM left_over_in
    GROUP BY source, other
)
SELECT
    left_pairs.source,
    left_pairs.other,
    l.records * r.records AS possible,
    weight
FROM left_pairs
JOIN sizes AS l ON l.source = left_pairs.source AND l.other = left_pairs.other
JOIN sizes AS r ON r.source = left_pairs.other AND r.other = left_pairs.source
ORDER BY ALL
"""


def mark_left_over(con: duckdb.DuckDBPyConnection) -> None:
    """The column ``left_over`` says of each record in which sources it has no partner."""
    SQL.run(con, "left_over", nobody_twice=NOBODY_TWICE)


def learn_left_over(con: duckdb.DuckDBPyConnection, *, prior: float) -> pa.Table:
    """Return the bits by which two sources' left over pairs are likelier (source, other, bits).

    ``prior`` is the weight from which every pair begins. Needs what :func:`mark_left_over` leaves.
    """
    rows = []
    for key, pairs in groupby(con.execute(_WEIGHTS).fetchall(), key=lambda row: row[:3]):
        bits = _bits(np.array([row[3] for row in pairs]) - prior, possible=key[2]) - prior
        if bits > 0:
            rows.append({"source": key[0], "other": key[1], "bits": bits})
    schema = pa.schema([("source", pa.string()), ("other", pa.string()), ("bits", pa.float64())])
    return pa.Table.from_pylist(rows, schema=schema)


def create_left_over_bits(con: duckdb.DuckDBPyConnection, learnt: pa.Table | None) -> None:
    """The macro ``left_over_bits(source, other)`` stands, of two sources in order."""
    rows = learnt.to_pylist() if learnt is not None else []
    bits = {f"{row['source']} {row['other']}": row["bits"] for row in rows}
    value = sql.looked_up("concat_ws(' ', source, other)", bits)
    con.execute(f"CREATE OR REPLACE MACRO left_over_bits(source, other) AS coalesce({value}, 0)")


def _bits(weights: Numbers, *, possible: int) -> float:
    """Return the weight from which a pair of those left over begins, never above even odds.

    ``weights`` are what speaks for each pair that is not hopeless, of all that are ``possible``.
    """
    likely = np.exp2(weights)
    share = min(0.5, weights.size / possible)
    for _ in range(ROUNDS):
        odds = share / (1 - share) * likely
        expected = float((odds / (1 + odds)).sum())
        share = min(0.5, max(expected, 1e-9) / possible)
    return float(np.log2(share / (1 - share))) if expected >= FEWEST else -np.inf
