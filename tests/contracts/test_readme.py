"""The contract that loaders/README.md shows is one, and reads the file beside it as it says."""

import re
from pathlib import Path

import duckdb
import pytest
import yaml

from pei_graph.check import check_sources
from pei_graph.contract import Contract, Reader, keep_contracts, kept_contracts, read_contracts
from pei_graph.extract import extract
from pei_graph.standardise import standardise

README = Path(__file__).parent.parent.parent / "loaders" / "README.md"


def _blocks(kind: str) -> list[str]:
    return re.findall(
        rf"^```{kind}\n(.*?)^```", README.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )


@pytest.fixture
def housing() -> Contract:
    """The first contract of the guide."""
    return Contract.model_validate(yaml.safe_load(_blocks("yaml")[0]))


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    """The file that the guide shows."""
    file = tmp_path / "tenants_2025_06.csv"
    file.write_text(_blocks("csv")[0], encoding="utf-8")
    return tmp_path


def test_the_first_contract_has_nothing_against_its_file(housing: Contract, delivery: Path) -> None:
    """`pei check` finds the delivery of 30 June fine, with one column ignored."""
    found = check_sources({"housing": housing}, [delivery])
    assert [(each.severity, each.rows) for each in found] == [("fine", 1)]
    assert "delivered on 2025-06-30" in found[0].says


def test_the_first_contract_states_what_the_guide_says(
    con: duckdb.DuckDBPyConnection, housing: Contract, delivery: Path
) -> None:
    """One tenant with name, date of birth, address and debt comes of it."""
    extract(con, {"housing": housing}, [delivery])
    standardise(con, {"housing": housing})
    people = "SELECT forename, surname, birth_date::VARCHAR, postcode FROM records"
    assert con.execute(people).fetchall() == [("testa", "example", "1990-05-04", "ZZ99 9ZZ")]
    debts = "SELECT value FROM facts WHERE type = 'debt'"
    assert con.execute(debts).fetchall() == [(812.5,)]


def test_a_run_keeps_contracts_as_they_are(
    con: duckdb.DuckDBPyConnection, housing: Contract
) -> None:
    """The guide's and all packaged ones come back from a run's tables as they went there."""
    contracts = {**read_contracts(), "housing": housing}
    keep_contracts(con, contracts)
    assert kept_contracts(con) == contracts


def test_every_example_of_the_language_is_well_formed() -> None:
    """The fragments, too, are YAML; those that repeat a key show several readers."""
    fragments = [block for block in _blocks("yaml") if block.count("reader:") <= 1]
    assert len(fragments) > 6
    assert all(yaml.safe_load(fragment) for fragment in fragments)


def test_every_reader_shown_is_one() -> None:
    """Each line of the guide that begins with `reader:` is a reader of the language."""
    lines = [line for line in README.read_text("utf-8").splitlines() if line.startswith("reader:")]
    readers = [Reader.model_validate(yaml.safe_load(line)["reader"]) for line in lines]
    assert {"csv", "xlsx", "xml", "json", "parquet", "sqlite", "access", "sql"} == {
        reader.format for reader in readers
    }
