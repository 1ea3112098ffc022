"""The product's review queue answered from the truth, as a clerk without error would answer it.

In: a finished run and its truth. Out: judgements in the ledger, on the first pairs of the queue in
its own order; nothing is asked twice, and nothing between.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import product

from pei_graph.evaluation.truth import read_persons
from pei_graph.review import queue

QUEUE_SHARE = 0.03
"""Pairs in the queue for each record."""

TRUE_VERDICTS = """
SELECT record_l, record_r, l.person = r.person
FROM (SELECT unnest($left) AS record_l, unnest($right) AS record_r)
JOIN true_person l ON l.record_id = record_l
JOIN true_person r ON r.record_id = record_r
ORDER BY record_l, record_r
"""


@dataclass(frozen=True, slots=True)
class Answered:
    """Pairs that were answered, and their share of the records."""

    pairs: int
    share: float


def answer(tables: Path, workspace: Path, truth: Path) -> Answered:
    """The ledger of the workspace holds the true verdict on every pair of the queue."""
    with duckdb.connect(str(tables), read_only=True) as con:
        [(records,)] = con.execute("SELECT count(*) FROM records").fetchall()
        asked = queue(con, (), top=int(records * QUEUE_SHARE))
        read_persons(con, truth)
        sides = {
            "left": [question.record_l for question in asked],
            "right": [question.record_r for question in asked],
        }
        verdicts = con.execute(TRUE_VERDICTS, sides).fetchall()
    product.judge(workspace, verdicts)
    return Answered(len(verdicts), len(verdicts) / records)
