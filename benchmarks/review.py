"""A review queue answered from the truth, as a clerk without error would answer it.

In: a finished run and its truth. Out: judgements in the ledger. The queue is what the model is
least sure of: of each two persons with an open link between them the strongest, those first whose
answer is expected to put most pairs right.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import product

from pei_graph.evaluation.truth import read_persons

QUEUE_SHARE = 0.03
"""Pairs in the queue for each record."""

QUEUE = """
WITH own AS (
    SELECT record_id, person_id, count(*) OVER (PARTITION BY person_id) AS records
    FROM members
    WHERE state = 'accepted'
),
open_links AS (
    SELECT
        k.record_l,
        k.record_r,
        k.weight,
        k.probability * l.records * r.records AS gain
    FROM links k
    JOIN own l ON l.record_id = k.record_l
    JOIN own r ON r.record_id = k.record_r
    WHERE l.person_id <> r.person_id
        AND k.state IN ('accepted', 'possible')
    QUALIFY row_number() OVER (
        PARTITION BY least(l.person_id, r.person_id), greatest(l.person_id, r.person_id)
        ORDER BY k.weight DESC, k.record_l, k.record_r
    ) = 1
),
asked AS (
    FROM open_links
    ORDER BY gain DESC, record_l, record_r
    LIMIT (SELECT floor(count(*) * $share)::BIGINT FROM records)
)
SELECT record_l, record_r, l.person = r.person
FROM asked
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
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{tables}' AS run (READ_ONLY)")
        for table in ("members", "links", "records"):
            con.execute(f"CREATE TEMP VIEW {table} AS FROM run.{table}")
        read_persons(con, truth)
        asked = con.execute(QUEUE, {"share": QUEUE_SHARE}).fetchall()
        [(records,)] = con.execute("SELECT count(*) FROM records").fetchall()
    product.judge(workspace, asked)
    return Answered(len(asked), len(asked) / records)
