"""Bare Splink on a run's own records: what the product's overhead is measured against.

In: a DuckDB file with the tables that ``standardise`` makes. Out: seconds to train, predict and
cluster, for the product's model settings and for a plain model of four comparisons and five
blocking rules. The file itself is left as it was: the work is done on a copy.

    python benchmarks/yardstick.py RUN/tables.duckdb
"""

import argparse
import json
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from pei_graph.link.settings import model, splink_settings
from pei_graph.link.training import RANDOM_PAIRS, SEED, TRAINING_PAIRS, quiet
from pei_graph.settings import settings
from pei_graph.workspace import connect

ACCEPT = 0.95
"""Probability at which bare Splink clusters."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds bare Splink took on ``records`` records; ``pairs`` it scored."""

    model: str
    records: int
    pairs: int
    train: float
    predict: float
    cluster: float

    @property
    def total(self) -> float:
        """Return the seconds of all three steps."""
        return self.train + self.predict + self.cluster


def product_model() -> tuple[dict[str, Any], list[str], list[str]]:
    """Return the product's settings, its training rules and its deterministic rules."""
    described = model()
    return splink_settings(described), described["training"], described["deterministic"]["rules"]


def plain_model() -> tuple[SettingsCreator, list[Any], list[Any]]:
    """Return a model of two names, birth date and postcode, as a first tutorial would have it."""
    by_date = block_on("surname", "birth_date")
    by_name = block_on("forename", "surname", "postcode")
    creator = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="n",
        comparisons=[
            cl.JaroWinklerAtThresholds("forename", [0.92, 0.8]).configure(
                term_frequency_adjustments=True
            ),
            cl.JaroWinklerAtThresholds("surname", [0.92, 0.8]).configure(
                term_frequency_adjustments=True
            ),
            cl.DamerauLevenshteinAtThresholds("birth_date", [1, 2]),
            cl.ExactMatch("postcode"),
        ],
        blocking_rules_to_generate_predictions=[
            by_date,
            by_name,
            block_on("forename", "birth_date"),
            block_on("birth_date", "postcode"),
            block_on("forename", "surname", "birth_year"),
        ],
        retain_intermediate_calculation_columns=True,
        retain_matching_columns=False,
    )
    return creator, [by_date, by_name], [block_on("forename", "surname", "birth_date")]


def measure(
    tables: Path, name: str, kind: Callable[[], tuple[Any, list[Any], list[Any]]]
) -> Timing:
    """Return how long bare Splink takes on the records of a run's file, with one model."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "records.duckdb"
        shutil.copy(tables, copy)
        with connect(copy, settings()) as con:
            # Bare Splink counts for itself how common a value is.
            con.execute(
                "CREATE OR REPLACE TABLE comparables AS"
                " SELECT * EXCLUDE (tf_birth_date, tf_forename, tf_surname) FROM comparables"
            )
            with quiet():
                return _timed(con, name, *kind())


def _timed(
    con: duckdb.DuckDBPyConnection, name: str, described: Any, rules: list[Any], sure: list[Any]
) -> Timing:
    clock = [time.perf_counter()]
    linker = Linker(DuckDBAPI(connection=con).register("comparables"), described, log_level=None)
    _train(linker, rules, sure)
    clock.append(time.perf_counter())
    predicted = linker.inference.predict(threshold_match_probability=0.05, warning_mode="never")
    clock.append(time.perf_counter())
    linker.clustering.cluster_pairwise_predictions_at_threshold(
        predicted, threshold_match_probability=ACCEPT
    )
    clock.append(time.perf_counter())
    records, pairs = (
        con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]
        for table in ("comparables", predicted.physical_name)
    )
    train, predict, cluster = (after - before for before, after in pairwise(clock))
    return Timing(name, records, pairs, train, predict, cluster)


def _train(linker: Linker, rules: list[Any], sure: list[Any]) -> None:
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED)
    for rule in rules:
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule, estimate_without_term_frequencies=True, max_pairs=TRAINING_PAIRS
        )


MODELS = {"product's settings": product_model, "plain, four comparisons": plain_model}


def main() -> None:
    """Both rows are printed, as a table or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", type=Path, help="a run's DuckDB file")
    parser.add_argument("--json", action="store_true", help="print JSON for a program to read")
    chosen = parser.parse_args()
    rows = [measure(chosen.tables, name, kind) for name, kind in MODELS.items()]
    if chosen.json:
        print(json.dumps({row.model: asdict(row) | {"total": row.total} for row in rows}))
    else:
        _print_table(rows)


def _print_table(rows: list[Timing]) -> None:
    print(
        f"{'model':26}{'records':>10}{'pairs':>12}{'train':>8}{'predict':>9}{'cluster':>9}{'s':>8}"
    )
    for row in rows:
        print(
            f"{row.model:26}{row.records:>10}{row.pairs:>12}{row.train:>8.1f}{row.predict:>9.1f}"
            f"{row.cluster:>9.1f}{row.total:>8.1f}"
        )


if __name__ == "__main__":
    main()
