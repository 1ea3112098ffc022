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

from pei_graph.link.blocking import share_found
from pei_graph.link.settings import splink_settings
from pei_graph.workspace import in_memory, looking_in

ENOUGH_PAIRS = 200
"""Fewest pairs, surely of one person each, that a training rule must give: under this the packaged
probabilities are better. Where a source knows everybody once, expectation maximisation would take
strangers of one name for one person, and learn that one person's birth dates differ."""

USUAL_RECORDS = 100
"""Records, each with one other, that are reckoned with beside those at hand: so a few tell little,
and ten thousand among whom nobody comes twice tell that hardly anybody does."""

ENOUGH_RECORDS = 1000
"""Fewest records from which to learn how common a name is: in fewer, any name that stands twice
looks common."""

HARDLY = 1e-9
"""Weight of name frequencies in fewer records: Splink takes nought for *not given*."""

RANDOM_PAIRS = 1_000_000.0
"""Random pairs from which u is estimated: a level that one pair in ten thousand reaches is then
seen some two hundred times."""

TRAINING_PAIRS = 400_000
"""Most pairs a training rule may use, so that training costs the same at any size."""

LEAST = {"m_probability": 0.0005, "u_probability": 5 / RANDOM_PAIRS}
"""Least probability that training can tell: under it a level was as good as never seen there, and
the packaged probability stands."""

SEED = 20

_PRIOR = "probability_two_random_records_match"

LEAST_RECALL = 0.05
"""Least share of pairs that the deterministic rules are believed to find."""

_NAMES = ("m_probability", "u_probability")


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


def linker(
    con: duckdb.DuckDBPyConnection, settings: dict[str, Any], *, records: str = "comparables"
) -> Linker:
    """Return a linker over the table ``comparables``, or what holds of it what settings read."""
    api = DuckDBAPI(connection=con)
    return Linker(api.register(records), settings, log_level=None, validate_settings=False)


def clear(used: Linker) -> None:
    """The tables a linker made for itself are gone from the run's file."""
    tables: Any = used.table_management
    tables.delete_tables_created_by_splink_from_db()


def train(con: duckdb.DuckDBPyConnection, described: dict[str, Any]) -> dict[str, Any]:
    """Return the described model as Splink settings, trained where the data are enough."""
    records = _count(con, "SELECT count(*) FROM comparables")
    settings = splink_settings(
        described, frequency_weight=1.0 if records >= ENOUGH_RECORDS else HARDLY
    )
    settings[_PRIOR] = _prior(con, described["deterministic"], records)
    sure = described["sure"]
    rules = [rule for rule in described["training"] if _gives_enough(con, f"{rule} AND ({sure})")]
    if not rules:
        return settings
    # What is learnt from is read once, and not worth packing for the run's file.
    with in_memory(con, "training"), looking_in(con, "training"), quiet():
        learner = linker(con, settings)
        learner.training.estimate_u_using_random_sampling(
            max_pairs=RANDOM_PAIRS, seed=SEED, num_chunks=2
        )
        for rule in rules:
            learner.training.estimate_parameters_using_expectation_maximisation(
                rule,
                estimate_without_term_frequencies=True,
                fix_probability_two_random_records_match=False,
                max_pairs=TRAINING_PAIRS,
            )
        trained = learner.misc.save_model_to_json()
        clear(learner)
    learnt = _merged(settings, trained)
    return learnt | {_PRIOR: _better_prior(con, learnt, described["deterministic"])}


def _count(con: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(con.execute(query).fetchall()[0][0])


def _gives_enough(con: duckdb.DuckDBPyConnection, rule: str) -> bool:
    pairs = f"SELECT 1 FROM comparables AS l JOIN comparables AS r ON {rule} AND l.n < r.n"
    return _count(con, f"SELECT count(*) FROM ({pairs} LIMIT {ENOUGH_PAIRS})") >= ENOUGH_PAIRS


def _prior(con: duckdb.DuckDBPyConnection, deterministic: dict[str, Any], records: int) -> float:
    """Return the share of all pairs that are one person's, in few records as if they were more."""
    found = _count(
        con,
        "SELECT count(*) FROM comparables AS l JOIN comparables AS r"
        f" ON l.n < r.n AND ({' OR '.join(deterministic['rules'])})",
    )
    others = (2 * found / deterministic["recall"] + USUAL_RECORDS) / (records + USUAL_RECORDS)
    return float(min(0.5, others / max(records - 1, ENOUGH_RECORDS)))


def _better_prior(
    con: duckdb.DuckDBPyConnection, learnt: dict[str, Any], deterministic: dict[str, Any]
) -> float:
    """Return the prior, once it can be told what share of pairs the deterministic rules find."""
    share = max(share_found(con, learnt, deterministic["rules"]), LEAST_RECALL)
    return float(min(0.5, learnt[_PRIOR] * deterministic["recall"] / share))


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
    return [
        {**ours, **{name: theirs[name] for name in _NAMES if _learnt(ours, theirs, name)}}
        for ours, theirs in zip(packaged, trained, strict=True)
    ]


def _learnt(ours: dict[str, Any], theirs: dict[str, Any], name: str) -> bool:
    """Return whether training saw the level often enough to tell its probability."""
    fixed = ours.get(f"fix_{name}")
    found = theirs.get(name)
    return name in ours and not fixed and isinstance(found, float) and found > LEAST[name]
