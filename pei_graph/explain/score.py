"""Any pair of records, judged from the saved model as the run judged its own pairs.

In: record ids; the run's ``comparables``, ``company``, macros and model. Out: for every pair of the
records asked about a row shaped as LINKS, and what of the blocking rules the pair meets. Splink is
not needed: its sum is the prior and each comparison's bits, which is what is added up here, and the
rest is the run's own decision, word for word.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from math import log2

from pei_graph.explain.blocking import parts_of, sides_of
from pei_graph.explain.model import Comparison, Level, SavedModel
from pei_graph.explain.reading import Connection, Row, gather, run_as_written

_SIDE = re.compile(r"\b(\w+)_([lr])\b")
"""A column of one of the two sides, as the model's conditions name it."""

ALL = -1e9
"""A floor in bits under which no pair lies: whoever asks wants an answer."""


def score(con: Connection, model: SavedModel, records: Sequence[str]) -> list[Row]:
    """Return each pair of the records as the run would have judged it, strongest first.

    ``met`` beside the columns of LINKS is what :func:`.blocking.rules` reads.
    """
    gather(con, records)
    pairs = run_as_written(con, _levels(model.comparisons, model.blocking), {})
    if not pairs:
        return []
    scored = [_scored(pair, model) for pair in pairs]
    given = {**model.figures, "floor": ALL, "scored": scored, **_between(scored)}
    judged = run_as_written(con, _judging(model.decision), given)
    met = {(pair["record_id_l"], pair["record_id_r"]): pair for pair in pairs}
    found = [{**row, "met": met[row["record_l"], row["record_r"]]} for row in judged]
    return sorted(found, key=lambda row: (-row["weight"], row["record_l"], row["record_r"]))


@lru_cache(maxsize=4)
def _levels(comparisons: tuple[Comparison, ...], blocking: tuple[str, ...]) -> str:
    """Return the query for the levels each pair of ``asked`` reaches, and what it meets."""
    levels = [_level(one) for one in comparisons]
    every = [level for one in comparisons for level in one.levels]
    tf = {f"tf_{level.frequency}" for level in every if level.frequency}
    fields = sorted({"n", "record_id", *tf, *sides_of(blocking)})
    values = [f"{side}.{field} AS {field}_{side}" for field in fields for side in "lr"]
    columns = ",\n    ".join([*values, *levels, parts_of(blocking)])
    return f"""
SELECT
    {columns}
FROM asked AS l
JOIN asked AS r ON l.n < r.n
"""


def _level(comparison: Comparison) -> str:
    """Return SQL for the level that a pair reaches; -1 where nothing can be said."""
    cases = [
        f"WHEN {level.condition} THEN {at}"
        for at, level in reversed(list(enumerate(comparison.levels)))
        if level.condition != "ELSE"
    ]
    rules = f"CASE WHEN {comparison.empty} THEN -1 {' '.join(cases)} ELSE 0 END"
    return _SIDE.sub(r"\2.\1", rules) + f" AS level_{comparison.id}"


def _scored(pair: Row, model: SavedModel) -> Row:
    """Return a pair with its weight and bits, under the names that the decision reads."""
    row: Row = {"n_l": pair["n_l"], "n_r": pair["n_r"]}
    weight = model.prior
    for comparison in model.comparisons:
        at = pair[f"level_{comparison.id}"]
        level = comparison.levels[at] if at >= 0 else None
        row[f"mw_{comparison.id}"] = level.bits if level else 0.0
        row[f"mw_tf_adj_{comparison.id}"] = _commonness(level, pair)
        weight += row[f"mw_{comparison.id}"] + row[f"mw_tf_adj_{comparison.id}"]
    row["match_weight"] = weight
    return row


def _commonness(level: Level | None, pair: Row) -> float:
    """Return Splink's adjustment in bits: sharing a rare value says more than a common one."""
    if level is None or not level.frequency or not level.frequency_weight:
        return 0.0
    shares = [pair[f"tf_{level.frequency}_{side}"] for side in "lr"]
    known = [share for share in shares if share is not None]
    return level.frequency_weight * (log2(level.u) - log2(max(known))) if known else 0.0


def _between(scored: Sequence[Row]) -> dict[str, int]:
    """Return the first and the last number of the left records, so that company is read in part."""
    numbers = [pair["n_l"] for pair in scored]
    return {"first": min(numbers), "last": max(numbers)}


@lru_cache(maxsize=4)
def _judging(decision: str) -> str:
    """Return the run's decision over the pairs ``scored`` that it is given."""
    return f"""
WITH comparables AS NOT MATERIALIZED (
    FROM asked
),
company AS NOT MATERIALIZED (
    SELECT *
    FROM company
    WHERE n_l BETWEEN $first AND $last
),
scored AS NOT MATERIALIZED (
    SELECT
        unnest($scored, recursive := true),
        'asked' AS match_key
)
SELECT * EXCLUDE (kept)
FROM ({decision})
"""
