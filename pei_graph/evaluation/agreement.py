"""How far found groups agree with true ones, and where they do not.

In: a relation ``compared`` (item, truth, found), one row per item. No pair of items is ever listed,
so a million records take seconds.

* Pairwise precision: of the pairs found together, the share that belongs together; recall: of the
  pairs that belong together, the share found. With nothing claimed nothing is wrong: 1.
* B-cubed (Bagga and Baldwin, 1998): the same shares seen from each item and averaged over items, so
  that one big group does not outweigh many small ones.
* Membership: B-cubed of those alone who share a group with somebody (precision: who were found to,
  recall: who do), so that people who rightly are by themselves make nothing look better.
* Clusters: the share of true groups found exactly, split over several found ones, or mixed with
  others; and the variation of information (Meila, 2007) in bits per item, 0 where all is right.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from pei_graph.evaluation.report import Agreement, Measure
from pei_graph.evaluation.resampling import Numbers, Resampled, Totals, resample
from pei_graph.evaluation.scripts import SQL
from pei_graph.resolve.components import Codes, components

MOST = 1000
"""Sorts words after numbers."""

TOTALS = (
    "items", "true_pairs", "claimed", "agreed", "pure", "whole", "found_members", "true_members",
    "pure_members", "whole_members", "bits", "groups", "exact", "split", "mixed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compared:
    """All that ``compared`` holds, or the part of it whose ``attribute`` has a ``value``."""

    attribute: str
    value: str
    totals: Resampled

    def pairwise(self, name: str) -> Agreement:
        """Return the pairwise agreement."""
        return self._agreement(name, ("agreed", "claimed"), ("agreed", "true_pairs"))

    def b_cubed(self, name: str) -> Agreement:
        """Return the B-cubed agreement."""
        return self._agreement(f"{name} B-cubed", ("pure", "items"), ("whole", "items"))

    def membership(self, name: str) -> Agreement:
        """Return the agreement on who belongs with whom, seen from each member."""
        return self._agreement(
            f"{name} membership",
            ("pure_members", "found_members"),
            ("whole_members", "true_members"),
        )

    def members(self) -> dict[str, int]:
        """Return how many share a group with somebody, as found and in truth."""
        return {name: self.count(f"{name}_members") for name in ("found", "true")}

    def _agreement(
        self, name: str, precision: tuple[str, str], recall: tuple[str, str]
    ) -> Agreement:
        def both(totals: Totals) -> Numbers:
            return _f1(_shares(totals, *precision), _shares(totals, *recall))

        return Agreement(
            Measure(f"{name} precision", *self.totals.share(*precision)),
            Measure(f"{name} recall", *self.totals.share(*recall)),
            Measure(f"{name} F1", *self.totals.mean(both, wholes=(precision[1], recall[1]))),
        )

    def clusters(self, name: str) -> list[Measure]:
        """Return the shares of groups exact, split and mixed, and the variation of information."""
        kinds = {"found exactly": "exact", "split": "split", "mixed with others": "mixed"}
        shares = [
            Measure(f"{name}s {says}", *self.totals.share(total, "groups"))
            for says, total in kinds.items()
        ]
        bits = self.totals.statistic(lambda totals: totals["bits"] / totals["items"])
        return [*shares, Measure(f"{name} variation of information", *bits)]

    def pairs(self) -> dict[str, int]:
        """Return the pairs claimed, true and right."""
        names = {"claimed": "claimed", "true": "true_pairs", "right": "agreed"}
        return {name: self.count(total) for name, total in names.items()}

    def count(self, total: str) -> int:
        """Return a total, to the nearest whole number."""
        return round(float(self.totals.observed[total][0]))


def _shares(totals: Totals, part: str, whole: str) -> Numbers:
    some = totals[whole] > 0
    shares: Numbers = np.where(some, totals[part] / np.where(some, totals[whole], 1), 1.0)
    return shares


def _f1(precision: Numbers, recall: Numbers) -> Numbers:
    both = precision + recall
    found: Numbers = 2 * precision * recall / np.where(both > 0, both, 1)
    return found


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean of two shares, 0 where both are.

    >>> f1(1.0, 0.5)
    0.6666666666666666
    """
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """The temporary tables ``cell`` and ``side`` stand, and ``attributes`` is there and empty."""
    SQL.run(con, "sides")
    con.execute(
        "CREATE OR REPLACE TEMP TABLE attributes (truth VARCHAR, attribute VARCHAR, value VARCHAR)"
    )


def compare(con: duckdb.DuckDBPyConnection) -> list[Compared]:
    """Return what ``compared`` adds up to: the whole first, then each group of ``attributes``."""
    tie_blocks(con, *ties(con))
    found = SQL.run(con, "totals").fetchnumpy()
    parts = [Compared(*key, _totals(rows, ":".join(key))) for key, rows in _by_group(found)]
    return sorted(parts, key=_naturally)


def of_pairs(rows: Mapping[str, Any], name: str) -> Compared:
    """Return what blocks add up to that differ in pairs claimed, true and agreed alone."""
    totals = _totals(rows, name, ("claimed", "true_pairs", "agreed"))
    return Compared("all", "all", totals)


def _naturally(part: Compared) -> tuple[bool, str, list[tuple[int, str]]]:
    """Return what sorts the whole first, and *5 to 10* before *11 to 15*."""
    words = [(int(word) if word.isdigit() else MOST, word) for word in part.value.split()]
    return part.attribute != "all", part.attribute, words


def ties(con: duckdb.DuckDBPyConnection) -> tuple[Codes, Codes]:
    """Return which true groups (by ``code``) found ones tie together, as pairs of ends."""
    ends = SQL.run(con, "ties").fetchnumpy()
    left, right = (np.asarray(ends[name], dtype=np.int64) for name in ("one", "other"))
    return left, right


def tie_blocks(con: duckdb.DuckDBPyConnection, left: Codes, right: Codes) -> None:
    """The temporary view ``block`` says to which block each true group in a mixed one belongs."""
    codes, ends_of = np.unique(np.concatenate([left, right]), return_inverse=True)
    label = components(codes.size, ends_of[: left.size], ends_of[left.size :])
    con.register("block", pa.table({"code": codes, "block": codes[label] if codes.size else codes}))


def _by_group(found: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], Mapping[str, Any]]]:
    keys = list(zip(found["attribute"], found["value"], strict=True))
    starts = [at for at, key in enumerate(keys) if at == 0 or key != keys[at - 1]]
    for start, end in zip(starts, [*starts[1:], len(keys)], strict=True):
        yield keys[start], {name: column[start:end] for name, column in found.items()}


def _totals(rows: Mapping[str, Any], name: str, kept: Sequence[str] = TOTALS) -> Resampled:
    columns = {total: rows[total].astype(np.float64) for total in kept}
    return resample(columns, rows["alike"].astype(np.int64), name=name)
