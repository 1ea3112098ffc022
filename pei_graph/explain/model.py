"""The model that a run was made with, as the run's file keeps it.

In: the one-row table ``model``. Out: its comparisons with their levels in plain words, its blocking
rules, and the query that judged scored pairs. Nothing of the model is written in this package, so
an explanation tells of the model that was used even where the packaged one has changed since.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from math import log2
from typing import Any

from pei_graph.explain.reading import Connection, NothingToExplain, ask


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a comparison: what it is called, when it is reached, what it is worth."""

    title: str
    condition: str
    bits: float
    frequency: str | None = None
    """The field whose commonness changes the bits."""
    frequency_weight: float = 0.0
    u: float = 1.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two records are compared on; levels lowest first."""

    id: str
    empty: str
    """When nothing can be said: SQL over a pair."""
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class SavedModel:
    """A run's model. ``prior`` is in bits."""

    prior: float
    comparisons: tuple[Comparison, ...]
    blocking: tuple[str, ...]
    decision: str
    figures: dict[str, float]


def saved_model(con: Connection) -> SavedModel:
    """Return the model of the run. Raises ``NothingToExplain`` where the run kept none."""
    rows = ask(con, "model")
    if not rows:
        raise NothingToExplain("The run kept no model", do="Run `pei rebuild`, then ask again")
    return _read(**rows[0])


@lru_cache(maxsize=4)
def _read(prior: float, settings: str, decision: str, figures: str) -> SavedModel:
    described = json.loads(settings)
    return SavedModel(
        prior=prior,
        comparisons=tuple(_comparison(one) for one in described["comparisons"]),
        blocking=tuple(
            rule["blocking_rule"] for rule in described["blocking_rules_to_generate_predictions"]
        ),
        decision=decision,
        figures=json.loads(figures),
    )


def _comparison(described: dict[str, Any]) -> Comparison:
    levels = described["comparison_levels"]
    empty = " OR ".join(f"({one['sql_condition']})" for one in levels if one.get("is_null_level"))
    return Comparison(
        id=described["output_column_name"],
        empty=empty or "false",
        levels=tuple(
            Level(
                title=one["label_for_charts"],
                condition=one["sql_condition"],
                bits=log2(one["m_probability"] / one["u_probability"]),
                frequency=one.get("tf_adjustment_column"),
                frequency_weight=one.get("tf_adjustment_weight", 1.0),
                u=one["u_probability"],
            )
            for one in reversed(levels)
            if not one.get("is_null_level")
        ),
    )
