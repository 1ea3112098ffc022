"""The model learns its probabilities from the records at hand, where there are enough of them.

In: ``comparables`` and the packaged model. Out: Splink settings with trained probabilities. Method:
Fellegi and Sunter's model as Splink trains it: the prior from rules that seldom err, u from random
pairs, m by expectation maximisation inside blocks.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb
from splink import DuckDBAPI, Linker

from pei_graph.link.settings import splink_settings

ENOUGH_PAIRS = 500
"""Fewest pairs a training rule must give: under this the packaged probabilities are better."""

RANDOM_PAIRS = 1_000_000.0
"""Random pairs from which u is estimated: a level that one pair in ten thousand reaches is then
seen some two hundred times."""

TRAINING_PAIRS = 400_000
"""Most pairs a training rule may use; more changed no probability by a hundredth."""

LEAST = 1e-6
"""Least probability of a level: nothing is impossible because it was not seen."""

SEED = 20


@contextmanager
def quiet() -> Iterator[None]:
    """Splink says nothing: its progress reports are not for the product's reader."""
    logger = logging.getLogger("splink")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def linker(con: duckdb.DuckDBPyConnection, settings: dict[str, Any]) -> Linker:
    """Return a linker over the table ``comparables``."""
    api = DuckDBAPI(connection=con)
    return Linker(api.register("comparables"), settings, log_level=None, validate_settings=False)


def train(con: duckdb.DuckDBPyConnection, described: dict[str, Any]) -> dict[str, Any]:
    """Return the described model as Splink settings, trained where the data are enough."""
    settings = splink_settings(described)
    settings["probability_two_random_records_match"] = _prior(con, described["deterministic"])
    rules = [rule for rule in described["training"] if _pairs(con, rule) >= ENOUGH_PAIRS]
    if not rules:
        return settings
    with quiet():
        learner = linker(con, settings)
        learner.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED)
        for rule in rules:
            learner.training.estimate_parameters_using_expectation_maximisation(
                rule,
                estimate_without_term_frequencies=True,
                fix_probability_two_random_records_match=False,
                max_pairs=TRAINING_PAIRS,
            )
        trained = learner.misc.save_model_to_json()
        learner.table_management.delete_tables_created_by_splink_from_db()
    return _merged(settings, trained)


def _count(con: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(con.execute(query).fetchall()[0][0])


def _pairs(con: duckdb.DuckDBPyConnection, rule: str) -> int:
    return _count(
        con,
        f"SELECT count(*) FROM comparables AS l JOIN comparables AS r ON {rule} AND l.n < r.n",
    )


def _prior(con: duckdb.DuckDBPyConnection, deterministic: dict[str, Any]) -> float:
    """Return the share of all pairs that are one person's.

    Where the rules find too few pairs to tell, each record is taken to have one other.
    """
    records = _count(con, "SELECT count(*) FROM comparables")
    found = _count(
        con,
        "SELECT count(*) FROM comparables AS l JOIN comparables AS r"
        f" ON l.n < r.n AND ({' OR '.join(deterministic['rules'])})",
    )
    if found < ENOUGH_PAIRS:
        return 1 / max(records, 2)
    return min(0.5, found / deterministic["recall"] / (records * (records - 1) / 2))


def _merged(packaged: dict[str, Any], trained: dict[str, Any]) -> dict[str, Any]:
    """Return the packaged settings with every probability that training could tell."""
    comparisons = [
        {**ours, "comparison_levels": _levels(ours["comparison_levels"], theirs)}
        for ours, theirs in zip(
            packaged["comparisons"],
            [comparison["comparison_levels"] for comparison in trained["comparisons"]],
            strict=True,
        )
    ]
    return {**packaged, "comparisons": comparisons}


def _levels(packaged: list[dict[str, Any]], trained: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = ("m_probability", "u_probability")
    merged = []
    for ours, theirs in zip(packaged, trained, strict=True):
        learnt = {
            name: max(LEAST, theirs[name])
            for name in names
            if name in ours and isinstance(theirs.get(name), float)
        }
        merged.append({**ours, **learnt})
    return merged
