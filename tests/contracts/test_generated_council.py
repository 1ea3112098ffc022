"""The packaged contracts read the invented council whole: no file, column, row or record lost."""

import csv
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pei_graph.boundary import check
from pei_graph.contract import Contract, read_contracts
from pei_graph.extract import extract
from pei_graph.standardise import standardise
from pei_graph.synthetic import generate
from pei_graph.tables import (
    ADDRESSES,
    FACTS,
    IDENTIFIERS,
    RAW_COLUMNS,
    RECORD_ROWS,
    RECORDS,
)

COUNCIL_SYSTEMS = {"lcs", "ehm", "capita_one", "programme", "childview", "estart", "dwp", "asp"}


@pytest.fixture(scope="module")
def contracts() -> dict[str, Contract]:
    """Every packaged contract."""
    return read_contracts()


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A council of some 700 people."""
    out = tmp_path_factory.mktemp("council")
    generate(out, people=700, seed=3)
    return out


@pytest.fixture(scope="module")
def con(council: Path, contracts: dict[str, Contract]) -> Iterator[duckdb.DuckDBPyConnection]:
    """The council, read and standardised."""
    with duckdb.connect() as con:
        extract(con, contracts, [council / "sources"])
        standardise(con, contracts)
        yield con


def _column(con: duckdb.DuckDBPyConnection, query: str) -> set[str]:
    return {row[0] for row in con.execute(query).fetchall()}


def test_every_file_is_loaded(con: duckdb.DuckDBPyConnection, council: Path) -> None:
    """Each file of the council belongs to a contract, and none is refused."""
    files = {f.name for f in (council / "sources").rglob("*") if f.is_file()}
    loaded = _column(con, "SELECT file FROM deliveries WHERE status = 'loaded'")
    assert {Path(file.split("#")[0]).name for file in loaded} == files


def test_every_list_gets_rows(
    con: duckdb.DuckDBPyConnection, contracts: dict[str, Contract]
) -> None:
    """Each list of the eight council systems finds rows in the files written for it."""
    wanted = {(source, name) for source in COUNCIL_SYSTEMS for name in contracts[source].lists}
    found = con.execute("SELECT source, list FROM deliveries WHERE rows_in > 0").fetchall()
    assert wanted - set(found) == set()


def test_no_row_is_set_aside(con: duckdb.DuckDBPyConnection) -> None:
    """The council's faults are those of people, not of files: no row breaks a rule."""
    assert con.execute("SELECT source, list, rule FROM quarantine").fetchall() == []


def test_every_column_is_used_or_ignored_by_name(
    con: duckdb.DuckDBPyConnection, contracts: dict[str, Contract]
) -> None:
    """No column of a council system's file is unknown to its contract."""
    delivered = con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'raw'"
    ).fetchall()
    known = {
        (f"{source}.{name}", column)
        for source in COUNCIL_SYSTEMS
        for name, part in contracts[source].lists.items()
        for column in {*part.columns(), *part.ignore, *RAW_COLUMNS}
    }
    ours = {(t, c) for t, c in delivered if t.split(".")[0] in COUNCIL_SYSTEMS}
    assert ours == known


def test_every_code_is_known(con: duckdb.DuckDBPyConnection) -> None:
    """No cell of a council system holds a code that its contract does not spell."""
    codes = con.execute("SELECT source, list, rule FROM issues WHERE rule LIKE '%code%'").fetchall()
    assert {issue for issue in codes if issue[0] in COUNCIL_SYSTEMS} == set()


def test_records_and_truth_are_the_same(con: duckdb.DuckDBPyConnection, council: Path) -> None:
    """The truth names every record that the contracts yield, and no other."""
    with (council / "truth" / "persons.csv").open(encoding="utf-8", newline="") as file:
        true = {f"{row['source']}:{row['key']}" for row in csv.DictReader(file)}
    assert _column(con, "SELECT record_id FROM records") == true


def test_tables_keep_their_promise(con: duckdb.DuckDBPyConnection) -> None:
    """What the council becomes fits the tables between stages."""
    check(con, RECORDS, RECORD_ROWS, IDENTIFIERS, ADDRESSES, FACTS)
    assert _column(con, "SELECT DISTINCT source FROM records") >= COUNCIL_SYSTEMS


@pytest.mark.parametrize("scheme", ["la_child_id", "upn", "nhs_number", "nino"])
def test_identifiers_are_mostly_sound(con: duckdb.DuckDBPyConnection, scheme: str) -> None:
    """Of the identifiers held nearly all pass their check; the mistyped rest is flagged."""
    valid, held = con.execute(
        "SELECT count(*) FILTER (valid), count(*) FROM identifiers WHERE scheme = ?", [scheme]
    ).fetchall()[0]
    assert held > 20
    assert valid / held > 0.9


def test_a_shared_incident_has_one_event(con: duckdb.DuckDBPyConnection) -> None:
    """A domestic abuse incident is one event with a victim and a suspect."""
    roles = con.execute(
        """
        SELECT list(DISTINCT role ORDER BY role)
        FROM facts
        WHERE type = 'domestic_abuse_incident'
        GROUP BY event
        """
    ).fetchall()
    assert roles
    assert all({"suspect", "victim"} <= set(found) for (found,) in roles)


def test_every_worker_can_be_rung(con: duckdb.DuckDBPyConnection) -> None:
    """Where a council system names a worker it gives a telephone number, but for a few lists."""
    silent = con.execute(
        "SELECT DISTINCT source, type FROM facts WHERE worker IS NOT NULL AND telephone IS NULL"
    ).fetchall()
    known = {row for row in silent if row[0] in COUNCIL_SYSTEMS}
    assert known == {("programme", "programme_case"), ("programme", "programme_review")}
