"""A candidate model whose probabilities are learnt again from judged pairs.

In: the temporary table ``judged`` of a sample, ``comparables`` and the model in use. Out: an
:class:`Estimated`: another model, to be compared with the first before it is adopted.

* **m** of a level: its share among the pairs judged *same*, each standing for as many pairs as its
  chance of being drawn asks for, shrunk towards the model in use, which counts as ``WORTH`` pairs.
  The judged pairs' own number is Kish's effective one.
* **u** of a level: pairs judged *different* stand for those of their stratum; all other pairs of
  two people are as the model in use has them. They are thousands of times as many, and random
  pairs have shown how they compare, so u hardly moves.
* **The prior**: the true pairs that the sample lets expect, over all pairs, shrunk alike.
* **Inside a household** weights are learnt again by the method of the link stage, from the new m.

Levels, blocking and thresholds stay as they are.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from pei_graph.evaluation.sampling import SampleError
from pei_graph.evaluation.scripts import SQL
from pei_graph.link import Model, learn_household, level_sql

WORTH = 100.0
"""Judged pairs that the model in use counts as: a level that few judged pairs reach stays as it is,
one that hundreds reach follows them."""

ENOUGH = 50
"""Fewest pairs judged same from which to learn: fewer would move rare levels by chance."""

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Change:
    """A level's probabilities before and after."""

    comparison: str
    level: str
    m: tuple[float, float]
    u: tuple[float, float]

    @property
    def bits(self) -> tuple[float, float]:
        """Return the level's weight before and after."""
        before, after = (float(np.log2(m / u)) for m, u in zip(self.m, self.u, strict=True))
        return before, after


@dataclass(frozen=True, slots=True)
class Estimated:
    """A candidate model, what it changes, and how many judged pairs it was learnt from."""

    model: Model
    changes: list[Change]
    prior: tuple[float, float]
    same: int
    different: int


@dataclass(frozen=True, slots=True)
class Judged:
    """Judged pairs: how many pairs each stands for, and each comparison's level (-1: empty)."""

    same: npt.NDArray[np.bool_]
    times: Numbers
    levels: Mapping[str, npt.NDArray[np.int64]]


def estimate_model(con: duckdb.DuckDBPyConnection, model: Model) -> Estimated:
    """Return a candidate learnt from ``judged``; ``model`` and the run stay as they are.

    Raises ``SampleError`` where the sample has too few judged pairs or its chances are not known.
    """
    described = as_described(model.settings)
    judged = _read(con, described)
    if int(judged.same.sum()) < ENOUGH or not np.isfinite(judged.times).all():
        raise SampleError(
            f"A model is learnt from {ENOUGH} pairs judged same or more, drawn with known chances",
            do="Draw more pairs with `pei sample` and judge them",
        )
    records = int(con.execute("SELECT count(*) FROM comparables").fetchall()[0][0])
    settings = _learnt(model.settings, judged, pairs=records * (records - 1) / 2)
    candidate = replace(
        model, settings=settings, household=learn_household(con, described, settings)
    )
    return Estimated(
        candidate,
        _changes(model.settings, settings),
        (model.prior, candidate.prior),
        int(judged.same.sum()),
        int((~judged.same).sum()),
    )


def as_described(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return a model's comparisons in the shape of the packaged model's."""
    return {
        "comparisons": {
            comparison["output_column_name"]: {
                "empty": comparison["comparison_levels"][0]["sql_condition"],
                "levels": [
                    {} if level["sql_condition"] == "ELSE" else {"when": level["sql_condition"]}
                    for level in comparison["comparison_levels"][1:]
                ],
            }
            for comparison in settings["comparisons"]
        }
    }


def _read(con: duckdb.DuckDBPyConnection, described: dict[str, Any]) -> Judged:
    names = list(described["comparisons"])
    levels = ", ".join(f"{level_sql(described, name)} AS {name}_level" for name in names)
    SQL.run(con, "weighed")
    found = con.execute(
        f"SELECT same, times, {levels} FROM weighed"
        " JOIN comparables AS l ON l.record_id = record_l"
        " JOIN comparables AS r ON r.record_id = record_r ORDER BY record_l, record_r"
    ).fetchnumpy()
    times = np.ma.filled(np.ma.asarray(found["times"], dtype=np.float64), np.nan)
    return Judged(
        np.asarray(found["same"], dtype=np.bool_),
        times,
        {name: np.asarray(found[f"{name}_level"], dtype=np.int64) for name in names},
    )


def _learnt(settings: dict[str, Any], judged: Judged, *, pairs: float) -> dict[str, Any]:
    """Return the settings with m, u and prior learnt again."""
    learnt = deepcopy(settings)
    same, different = judged.times * judged.same, judged.times * ~judged.same
    for comparison in learnt["comparisons"]:
        levels = comparison["comparison_levels"][1:]
        reached = len(levels) - 1 - judged.levels[comparison["output_column_name"]]
        filled = reached < len(levels)
        m = np.array([level["m_probability"] for level in levels])
        u = np.array([level["u_probability"] for level in levels])
        of_one = _shares(reached, same * filled, m, worth=WORTH)
        of_two = _mixed(reached, different * filled, u, pairs=pairs)
        for level, new_m, new_u in zip(levels, of_one, of_two, strict=True):
            level["m_probability"], level["u_probability"] = float(new_m), float(new_u)
    key = "probability_two_random_records_match"
    expected = float(same.sum()) / pairs
    judged_pairs = float(judged.same.size)
    learnt[key] = (judged_pairs * expected + WORTH * settings[key]) / (judged_pairs + WORTH)
    return learnt


def _shares(
    reached: npt.NDArray[np.int64], times: Numbers, before: Numbers, *, worth: float
) -> Numbers:
    """Return the share of each level among weighted pairs, shrunk towards ``before``."""
    total = float(times.sum())
    if not total:
        return before
    effective = total**2 / float((times**2).sum())
    seen = np.bincount(reached[times > 0], weights=times[times > 0], minlength=before.size) / total
    found: Numbers = (effective * seen + worth * before) / (effective + worth * before.sum())
    return found


def _mixed(
    reached: npt.NDArray[np.int64], times: Numbers, before: Numbers, *, pairs: float
) -> Numbers:
    """Return the share of each level among all pairs of two people, most of them never sampled."""
    seen = np.bincount(reached[times > 0], weights=times[times > 0], minlength=before.size)
    rest = max(pairs - float(times.sum()), 1.0)
    found: Numbers = (seen + rest * before) / (float(times.sum()) + rest)
    return found


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    return [
        Change(
            one["output_column_name"],
            old["label_for_charts"],
            (old["m_probability"], new["m_probability"]),
            (old["u_probability"], new["u_probability"]),
        )
        for one, other in zip(before["comparisons"], after["comparisons"], strict=True)
        for old, new in zip(
            one["comparison_levels"][1:], other["comparison_levels"][1:], strict=True
        )
    ]
