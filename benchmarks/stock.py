"""Stock Splink on the records of a run, trained as its tutorials do, at its best threshold.

In: a run's DuckDB file and a truth file. Out: precision, recall and F1 of connected components at
the threshold that the truth shows to be the best, which nobody without the truth could have chosen:
the most that Splink alone can give. It reads the product's RECORDS, and so gains from how the
product standardised names, dates and addresses.

    python benchmarks/stock.py RUN/tables.duckdb TRUTH.csv --kind council
"""

import argparse
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import splink.comparison_library as cl
from numpy.typing import NDArray
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from pei_graph.evaluation.agreement import f1
from pei_graph.evaluation.truth import read_persons
from pei_graph.link.training import RANDOM_PAIRS, SEED, quiet
from pei_graph.resolve.components import components
from pei_graph.settings import settings
from pei_graph.workspace import connect

THRESHOLDS = np.arange(-4.0, 30.0, 1.0)
"""Bits at which clusters are tried."""

RECORDS = """
CREATE OR REPLACE TABLE stock AS
WITH known AS (
    SELECT record_id, {identifiers}
    FROM identifiers
    WHERE valid
    GROUP BY record_id
)
SELECT
    row_number() OVER (ORDER BY record_id) AS unique_id,
    person,
    forename AS first_name,
    surname,
    CASE WHEN birth_date_quality = 'exact' THEN strftime(birth_date, '%Y-%m-%d') END AS birth_date,
    left(strftime(birth_date, '%Y-%m-%d'), 4) AS birth_year,
    sex,
    postcode,
    address_id,
    birth_place,
    occupation,
    COLUMNS(known.* EXCLUDE (record_id))
FROM records
JOIN true_person USING (record_id)
LEFT JOIN known USING (record_id)
"""

Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Kind:
    """How stock Splink is set up for data of one kind."""

    identifiers: tuple[str, ...]
    comparisons: tuple[Any, ...]
    blocking: tuple[tuple[str, ...], ...]
    training: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The best that connected components reach, and the bits at which they reach it."""

    precision: float
    recall: float
    f1: float
    threshold: float


_NAMES = cl.ForenameSurnameComparison("first_name", "surname")
_BORN = cl.DateOfBirthComparison("birth_date", input_is_string=True)
_BY_NAMES = ("first_name", "surname")

KINDS: Mapping[str, Kind] = {
    "council": Kind(
        ("upn", "nhs_number", "nino"),
        (
            _NAMES, _BORN, cl.ExactMatch("sex"), cl.ExactMatch("postcode"),
            cl.ExactMatch("address_id"), cl.ExactMatch("upn"), cl.ExactMatch("nhs_number"),
            cl.ExactMatch("nino"),
        ),
        (
            ("upn",), ("nhs_number",), ("nino",), ("surname", "birth_date"),
            ("first_name", "birth_date"), ("birth_date", "postcode"),
            ("first_name", "surname", "postcode"), ("first_name", "surname", "birth_year"),
            ("first_name", "address_id"),
        ),
        (("surname", "birth_date"), ("first_name", "surname", "postcode")),
    ),
    "figures": Kind(
        (),
        (
            _NAMES, _BORN,
            cl.PostcodeComparison("postcode"),
            cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
            cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
        ),
        (
            _BY_NAMES, ("birth_date", "surname"), ("first_name", "birth_date"),
            ("postcode", "first_name"), ("postcode", "surname"), ("birth_date", "birth_place"),
            ("birth_date", "postcode"), ("birth_date", "occupation"),
        ),
        (_BY_NAMES, ("birth_date",)),
    ),
    "febrl": Kind(
        ("soc_sec_id",),
        (
            _NAMES, _BORN, cl.LevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("address_id"),
        ),
        (
            ("soc_sec_id",), _BY_NAMES, ("birth_date", "surname"), ("first_name", "birth_date"),
            ("address_id",),
        ),
        (_BY_NAMES, ("birth_date",)),
    ),
}  # fmt: skip
"""The models: for the figures the one of Splink's own worked example of these data."""


def best(tables: Path, truth: Path, kind: str) -> Found:
    """Return what stock Splink finds among the records of a run."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "records.duckdb"
        shutil.copy(tables, copy)
        with connect(copy, settings()) as con:
            read_persons(con, truth)
            _prepare(con, KINDS[kind])
            with quiet():
                left, right, weight = _scored(con, KINDS[kind])
            person = _column(
                con, "SELECT dense_rank() OVER (ORDER BY person) FROM stock ORDER BY unique_id"
            )
    return max(_tried(person, left - 1, right - 1, weight=weight), key=lambda found: found.f1)


def _prepare(con: duckdb.DuckDBPyConnection, kind: Kind) -> None:
    columns = [f"min(value) FILTER (scheme = '{name}') AS {name}" for name in kind.identifiers]
    con.execute(RECORDS.format(identifiers=", ".join(columns) or "true AS none"))


def _scored(con: duckdb.DuckDBPyConnection, kind: Kind) -> tuple[Codes, Codes, Codes]:
    """Return the scored pairs of the table ``stock``: both ends and the bits."""
    creator = SettingsCreator(
        link_type="dedupe_only",
        comparisons=list(kind.comparisons),
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in kind.blocking],
    )
    linker = Linker(DuckDBAPI(connection=con).register("stock"), creator, log_level=None)
    sure = [block_on("first_name", "surname", "birth_date")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=RANDOM_PAIRS, seed=SEED)
    for rule in kind.training:
        linker.training.estimate_parameters_using_expectation_maximisation(
            block_on(*rule), estimate_without_term_frequencies=True
        )
    scored = linker.inference.predict(
        threshold_match_weight=float(THRESHOLDS[0]), warning_mode="never"
    )
    query = f"SELECT {{}} FROM {scored.physical_name} ORDER BY unique_id_l, unique_id_r"
    ends = (query.format(each) for each in ("unique_id_l", "unique_id_r", "match_weight"))
    left, right, weight = (_column(con, each) for each in ends)
    return left, right, weight


def _column(con: duckdb.DuckDBPyConnection, query: str) -> Codes:
    [column] = con.execute(query).fetchnumpy().values()
    return np.array(column)


def _tried(person: Codes, left: Codes, right: Codes, *, weight: Codes) -> Iterator[Found]:
    """Yield the agreement of the connected components at each threshold."""
    for threshold in THRESHOLDS:
        kept = weight >= threshold
        label = components(person.size, left[kept], right[kept])
        right_pairs = _pairs(np.unique(label * (person.max() + 1) + person, return_counts=True)[1])
        claimed, true = (_pairs(np.unique(x, return_counts=True)[1]) for x in (label, person))
        precision, recall = right_pairs / max(claimed, 1), right_pairs / true
        yield Found(precision, recall, f1(precision, recall), float(threshold))


def _pairs(sizes: Codes) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def main() -> None:
    """What stock Splink finds stands on the terminal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tables", type=Path, help="a run's DuckDB file")
    parser.add_argument("truth", type=Path, help="CSV of records and persons")
    parser.add_argument("--kind", choices=sorted(KINDS), default="council")
    chosen = parser.parse_args()
    print(json.dumps(asdict(best(chosen.tables, chosen.truth, chosen.kind))))


if __name__ == "__main__":
    main()
