"""Two models over the same records: what changes, and which is better as far as anybody can tell.

In: a connection to which the outcomes of two models are attached as ``first`` and ``second``, each
with LINKS and MEMBERS; and a truth file or a judged sample. Out: a :class:`Compared`.

Both models are measured on the same people or the same judged pairs, so their difference has a
narrower interval than either measure: blocks of true persons that either model ties together are
resampled as in :mod:`pei_graph.evaluation.resampling`; judged pairs are resampled within strata,
each standing for as many pairs as its chance of being drawn asks for. A bootstrap of judged pairs
shows no spread where no error was judged.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from pei_graph.evaluation import agreement
from pei_graph.evaluation import truth as files
from pei_graph.evaluation.intervals import BOUNDS, SEED
from pei_graph.evaluation.report import TOGETHER, Measure
from pei_graph.evaluation.resampling import DRAWS, Numbers, Totals, resample
from pei_graph.evaluation.sampling import SampleError
from pei_graph.evaluation.scripts import SQL

MOST_LINKS = 20
"""Changed links that are listed, those that moved furthest first."""

PARTS = {"precision": "claimed", "recall": "true_pairs"}
"""Of what the pairs that a model gets right are a share."""


@dataclass(frozen=True, slots=True)
class Sided:
    """A measure of both models and the second's advance over the first."""

    name: str
    first: Measure
    second: Measure
    difference: Measure

    @property
    def tells(self) -> int:
        """Return 1 where the second is surely better, -1 where worse, 0 where nobody can tell."""
        low, high = self.difference.interval
        if low is None or high is None or low <= 0 <= high:
            return 0
        return 1 if low > 0 else -1

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return {
            "measure": self.name,
            "first": self.first.as_json(),
            "second": self.second.as_json(),
            "difference": self.difference.as_json(),
        }


@dataclass(frozen=True, slots=True)
class Compared:
    """What changes from the first model to the second."""

    numbers: tuple[int, int]
    counts: dict[str, int]
    links: list[dict[str, Any]]
    measures: list[Sided]
    against: str = ""

    @property
    def verdict(self) -> str:
        """Return in a sentence which model is better, and how sure that is."""
        first, second = self.numbers
        if not self.measures:
            return (
                f"Nobody can tell whether model {second} is better than model {first}: give --truth"
                " or a judged --sample, or look at the changed links."
            )
        precision, recall, f1 = self.measures
        told = {1: "is better than", -1: "is worse than", 0: "cannot be told from"}[f1.tells]
        falls = [side.name for side in (precision, recall) if side.tells < 0 < f1.tells]
        but = f", but its {' and '.join(falls)} is lower" if falls else ""
        low, high = (f"{100 * (bound or 0):+.2f}" for bound in f1.difference.interval)
        return (
            f"Against {self.against} model {second} {told} model {first}: F1"
            f" {f1.second.value:.4f} against {f1.first.value:.4f}"
            f" ({100 * f1.difference.value:+.2f} points, {low} to {high}){but}."
        )

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values for ``json.dumps``."""
        return {
            "models": list(self.numbers),
            "counts": self.counts,
            "links": self.links,
            "measures": [side.as_json() for side in self.measures],
            "verdict": self.verdict,
        }


def compare_models(
    con: duckdb.DuckDBPyConnection,
    numbers: tuple[int, int],
    *,
    truth: Path | None = None,
) -> Compared:
    """Return what changes between the outcomes ``first`` and ``second`` attached to ``con``.

    They are measured against ``truth`` or, where the temporary table ``judged`` stands, against it.
    Raises ``TruthError`` or ``SampleError`` where that cannot be used.
    """
    counts = next(SQL.records(con, "changed"))
    links = list(SQL.records(con, "changed_links", most=MOST_LINKS))
    measures, against = _measured(con, truth)
    return Compared(numbers, counts, links, measures, against)


def _measured(con: duckdb.DuckDBPyConnection, truth: Path | None) -> tuple[list[Sided], str]:
    if truth is not None:
        return _by_truth(con, truth), "the truth"
    if con.execute("FROM duckdb_tables() WHERE table_name = 'judged'").fetchall():
        return _by_sample(con), "the judged pairs"
    return [], ""


def _by_truth(con: duckdb.DuckDBPyConnection, truth: Path) -> list[Sided]:
    files.read_persons(con, truth)
    SQL.run(con, "compared_trial", which="first")
    agreement.prepare(con)
    con.execute("CREATE OR REPLACE TEMP TABLE first_side AS FROM side")
    left, right = agreement.ties(con)
    SQL.run(con, "compared_trial", which="second")
    agreement.prepare(con)
    others = agreement.ties(con)
    if not con.execute("FROM side LIMIT 1").fetchall():
        raise files.TruthError("The truth names no record of this run", do="Check its sources")
    agreement.tie_blocks(con, np.concatenate([left, others[0]]), np.concatenate([right, others[1]]))
    found = SQL.run(con, "paired").fetchnumpy()
    alike = np.asarray(found.pop("alike"), dtype=np.int64)
    totals = {name: np.asarray(column, dtype=np.float64) for name, column in found.items()}
    blocks = _pooled(totals, alike)
    resampled = resample(*blocks, name="paired")
    return _sided(resampled.observed, resampled.drawn)


def _pooled(totals: Totals, alike: np.ndarray) -> tuple[Totals, np.ndarray]:
    """Return the totals of blocks that differ, and how many blocks are alike."""
    rows = np.column_stack(list(totals.values()))
    distinct, codes = np.unique(rows, axis=0, return_inverse=True)
    counted = np.bincount(codes.ravel(), weights=alike).astype(np.int64)
    return {name: distinct[:, at] for at, name in enumerate(totals)}, counted


def _by_sample(con: duckdb.DuckDBPyConnection) -> list[Sided]:
    SQL.run(con, "weighed")
    found = SQL.run(con, "paired_sample").fetchnumpy()
    times = np.ma.filled(np.ma.asarray(found["times"], dtype=np.float64), np.nan)
    if not np.isfinite(times).all() or not times.size:
        raise SampleError(
            "Models are compared on judged pairs drawn with known chances",
            do="Draw them with `pei sample` and judge them",
        )
    if all(str(stratum).startswith(TOGETHER) for stratum in found["stratum"]):
        raise SampleError(
            "Every judged pair was held to be one person, so nobody can tell what a model gains",
            do="Judge pairs of two persons too, as `pei sample` draws them",
        )
    same, first, second = (
        np.asarray(found[name], dtype=np.float64) for name in ("same", "first", "second")
    )
    totals = {
        "true_pairs": times * same,
        "first_claimed": times * first,
        "first_agreed": times * first * same,
        "claimed": times * second,
        "agreed": times * second * same,
    }
    drawn = _drawn(np.asarray(found["stratum"], dtype=object))
    ones = np.ones((1, times.size))
    return _sided(
        {name: ones @ column for name, column in totals.items()},
        {name: drawn @ column for name, column in totals.items()},
    )


def _drawn(stratum: np.ndarray) -> Numbers:
    """Return how often each judged pair is drawn when pairs are drawn again within strata."""
    rng = np.random.default_rng(SEED)
    counts = np.zeros((DRAWS, stratum.size))
    for name in np.unique(stratum):
        at = np.flatnonzero(stratum == name)
        counts[:, at] = rng.multinomial(at.size, np.full(at.size, 1 / at.size), size=DRAWS)
    return counts


def _sided(observed: Totals, drawn: Totals) -> list[Sided]:
    shares = [_side(name, _share(whole), observed, drawn) for name, whole in PARTS.items()]
    return [*shares, _side("F1", _f1, observed, drawn)]


def _share(whole: str) -> Callable[[Totals, str], Numbers]:
    def of(totals: Totals, side: str) -> Numbers:
        below = totals[whole] if whole == "true_pairs" else totals[f"{side}{whole}"]
        found: Numbers = totals[f"{side}agreed"] / np.maximum(below, 1e-9)
        return found

    return of


def _f1(totals: Totals, side: str) -> Numbers:
    found: Numbers = 2 * totals[f"{side}agreed"] / np.maximum(
        totals[f"{side}claimed"] + totals["true_pairs"], 1e-9
    )  # fmt: skip
    return found


def _side(
    name: str, of: Callable[[Totals, str], Numbers], observed: Totals, drawn: Totals
) -> Sided:
    seen = [float(of(observed, side)[0]) for side in ("first_", "")]
    spread = [of(drawn, side) for side in ("first_", "")]
    return Sided(
        name,
        _measure("first", seen[0], spread[0]),
        _measure("second", seen[1], spread[1]),
        _measure("difference", seen[1] - seen[0], spread[1] - spread[0]),
    )


def _measure(name: str, value: float, spread: Numbers) -> Measure:
    low, high = np.percentile(spread, BOUNDS)
    return Measure(name, value, (float(low), float(high)))
