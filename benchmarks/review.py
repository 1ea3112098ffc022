"""The review queue answered from the truth, as clerks without error would answer it.

In: a finished run and its truth. Out: judgements in the ledger. The questions are the product's,
in its own order; two clerks answer each, since some joins count only when two people agree.
"""

from dataclasses import dataclass
from pathlib import Path

from pei_graph.evaluation.truth import read_persons
from pei_graph.ledger import history, judge, open_ledger
from pei_graph.review import queue
from pei_graph.settings import settings
from pei_graph.workspace import Workspace, connect

BATCH = 300
"""Questions answered before the order of the rest is asked for anew."""

CLERKS = ("first clerk", "second clerk")

_SAME = """
SELECT l.person = r.person
FROM true_person AS l
JOIN true_person AS r ON r.record_id = $record_r
WHERE l.record_id = $record_l
"""


@dataclass(frozen=True, slots=True)
class Answered:
    """Pairs of records that were answered, and all records."""

    pairs: int
    records: int

    @property
    def share(self) -> float:
        """Return the pairs for each record."""
        return self.pairs / self.records

    def __add__(self, other: "Answered") -> "Answered":
        """Return what was answered of two councils together."""
        return Answered(self.pairs + other.pairs, self.records + other.records)


def answer(workspace: Path, truth: Path, *, pairs: int) -> Answered:
    """The ledger holds the true verdict on the first so many pairs of the queue."""
    place = Workspace(workspace)
    with (
        connect(place.require_current().tables, settings(), read_only=True) as con,
        open_ledger(place.ledger) as ledger,
    ):
        read_persons(con, truth)
        done = 0
        while done < pairs:
            asked = queue(con, history(ledger), top=min(BATCH, pairs - done))
            if not asked:
                break
            for question in asked:
                ends = (question.record_l, question.record_r)
                [(same,)] = con.execute(
                    _SAME, {"record_l": ends[0], "record_r": ends[1]}
                ).fetchall()
                for clerk in CLERKS:
                    verdict = "same" if same else "different"
                    judge(ledger, ends, verdict=verdict, by=clerk, why="the truth")
            done += len(asked)
        [(records,)] = con.execute("SELECT count(*) FROM records").fetchall()
    return Answered(done, int(records))
