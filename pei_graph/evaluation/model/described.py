"""A run's linkage model in words and figures that a person can read.

In: the table ``model`` that the link stage leaves in a run. Out: a :class:`Described`: every level
of every comparison with m, u and its weight, what counts inside a household, and the thresholds.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from math import log2
from typing import Any

import duckdb

from pei_graph.errors import WorkspaceError
from pei_graph.yml import read_yml


@dataclass(frozen=True, slots=True)
class Level:
    """One way in which two values can compare; ``bits`` is the weight it gives."""

    name: str
    m: float
    u: float
    varies: bool
    """Whether the weight is corrected by how common the value is."""

    @property
    def bits(self) -> float:
        """Return the weight in bits: log2 of m over u."""
        return log2(self.m / self.u)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared, its levels from the strongest agreement down."""

    name: str
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Threshold:
    """A figure that the decision rests on, in bits but for counts."""

    name: str
    value: float
    why: str


@dataclass(frozen=True, slots=True)
class Described:
    """A model, its parts in the order in which they are weighed."""

    number: int | None
    prior: float
    """Bits from which every pair begins."""
    comparisons: tuple[Comparison, ...]
    home_prior: float
    home: Mapping[str, tuple[float, ...]]
    """Bits of each level inside a household, strongest agreement first, by comparison."""
    thresholds: tuple[Threshold, ...]

    @property
    def one_in(self) -> int:
        """Return among how many random pairs one is expected to be one person's."""
        return round(1 + 2**-self.prior)


def describe(con: duckdb.DuckDBPyConnection) -> Described:
    """Return the model of the run in ``con``; raises ``WorkspaceError`` where it keeps none."""
    [settings, household, figures, number, prior] = _read(con)
    return Described(
        number=number,
        prior=float(prior),
        comparisons=comparisons_of(settings),
        home_prior=float(household["prior"]),
        home={name: tuple(reversed(bits)) for name, bits in household["levels"].items()},
        thresholds=_thresholds(figures),
    )


def _thresholds(figures: Mapping[str, float]) -> tuple[Threshold, ...]:
    written = files("pei_graph.evaluation.model").joinpath("figures.yml")
    told = read_yml(written.read_text(encoding="utf-8"))
    return tuple(
        Threshold(told[name]["called"], float(figures[name]), told[name]["why"])
        for name in told
        if name in figures
    )


def _read(con: duckdb.DuckDBPyConnection) -> list[Any]:
    try:
        [row] = con.execute(
            "SELECT settings, household, figures, number, prior FROM model"
        ).fetchall()
    except (duckdb.Error, ValueError) as error:
        raise WorkspaceError(
            "This run keeps no model that can be described", do="Make a new run with `pei run`"
        ) from error
    return [*map(json.loads, row[:3]), *row[3:]]


def comparisons_of(settings: Mapping[str, Any]) -> tuple[Comparison, ...]:
    """Return the comparisons of a model's settings, as Splink writes them."""
    return tuple(
        Comparison(
            comparison["output_column_name"],
            tuple(
                Level(
                    level["label_for_charts"],
                    level["m_probability"],
                    level["u_probability"],
                    "tf_adjustment_column" in level,
                )
                for level in comparison["comparison_levels"]
                if not level.get("is_null_level")
            ),
        )
        for comparison in settings["comparisons"]
    )
