"""The linkage model as data: what is compared, at which levels, with which probabilities.

In: ``model.yml``. Out: settings as Splink reads them, and each level's condition as SQL over two
rows, so that a veto and a weight are never told by two different rules.
"""

import re
from collections.abc import Collection, Iterator
from importlib.resources import files
from typing import Any

from pei_graph.yml import read_yml

COMPARISONS = (
    "forename", "surname", "birth_date", "sex", "address", "birth_place", "occupation",
)  # fmt: skip
"""The model's comparisons, in the order in which LINKS holds their bits."""

OPTIONAL = ("birth_place", "occupation")
"""Comparisons that are made only where a source fills the column."""

MODEL = files(__package__).joinpath("model.yml")
_SIDE = re.compile(r"\b(\w+)_([lr])\b")


def model(having: Collection[str] = ()) -> dict[str, Any]:
    """Return the packaged model; of its optional comparisons those of the columns ``having``."""
    found: dict[str, Any] = read_yml(MODEL.read_text(encoding="utf-8"))
    found["comparisons"] = {
        name: {**comparison, "levels": [*_made(comparison["levels"], having)]}
        for name, comparison in found["comparisons"].items()
        if name in having or not comparison.get("optional")
    }
    return found


def _made(levels: list[dict[str, Any]], having: Collection[str]) -> Iterator[dict[str, Any]]:
    """Yield the levels that say something beside what else is compared."""
    for level in levels:
        if level.get("without") not in having:
            yield level


def splink_settings(described: dict[str, Any], *, frequency_weight: float = 1.0) -> dict[str, Any]:
    """Return a described model as the settings dictionary that Splink reads.

    At a ``frequency_weight`` of almost nought a rare name counts no more than a common one.
    """
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "n",
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": True,
        "comparisons": [
            _comparison(name, comparison, frequency_weight)
            for name, comparison in described["comparisons"].items()
        ],
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": rule} for rule in described["blocking"]
        ],
    }


def _comparison(name: str, described: dict[str, Any], frequency_weight: float) -> dict[str, Any]:
    empty = {
        "sql_condition": described["empty"],
        "label_for_charts": "empty",
        "is_null_level": True,
    }
    levels = [_level(level, frequency_weight) for level in described["levels"]]
    return {"output_column_name": name, "comparison_levels": [empty, *levels]}


def _level(described: dict[str, Any], frequency_weight: float) -> dict[str, Any]:
    level = {
        "sql_condition": described.get("when", "ELSE"),
        "label_for_charts": described["is"],
        "m_probability": described["m"],
        "u_probability": described["u"],
    }
    if "frequency" in described:
        level["tf_adjustment_column"] = described["frequency"]
        level["tf_adjustment_weight"] = frequency_weight
    if described.get("fixed"):
        level["fix_m_probability"] = True
        level["fix_u_probability"] = described["fixed"] == "both"
    return level


def level_sql(described: dict[str, Any], comparison: str) -> str:
    """Return SQL for the level two rows ``l`` and ``r`` reach: 0 is the lowest, -1 is *empty*."""
    parts = described["comparisons"][comparison]
    conditions = [level["when"] for level in parts["levels"] if "when" in level]
    cases = [f"WHEN {parts['empty']} THEN -1"]
    cases += [f"WHEN {when} THEN {len(conditions) - at}" for at, when in enumerate(conditions)]
    return _SIDE.sub(r"\2.\1", f"CASE {' '.join(cases)} ELSE 0 END")
