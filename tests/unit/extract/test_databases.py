"""Databases and typed files: SQLite, Parquet, Access and queries by URL."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

Deliver = Callable[..., Any]
"""A fixture of the folder's conftest: what it gives stands there."""

SHAPE = "CREATE TABLE Clients (id, name)"


def _database(path: Path, *rows: tuple[object, object]) -> Path:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(SHAPE)
        database.executemany("INSERT INTO Clients VALUES (?, ?)", rows)
    return path


def test_a_sqlite_table_or_query_is_read(delivered: Deliver, tmp_path: Path) -> None:
    """Numbers lose their point, nothing stays nothing, and a query can join or rename."""
    content = _database(tmp_path / "x", (1.0, "Testa"), (2, None), (3, b"\x01")).read_bytes()
    query = "SELECT id, upper(name) AS name FROM Clients WHERE id = 1"
    found = delivered(
        {"c.sqlite": content},
        people={"files": ["*.sqlite"], "reader": {"format": "sqlite", "table": "clients"}},
        asked={"files": ["*.sqlite"], "reader": {"format": "sqlite", "query": query}},
        wrong={"files": ["*.sqlite"], "reader": {"format": "sqlite", "table": "gone"}},
    )
    assert found.raw() == [(1, "1", "Testa"), (2, "2", None), (3, "3", "01")]
    assert found.raw(list_id="asked") == [(1, "1", "TESTA")]
    assert found.issues("list, rule") == [("wrong", "missing_table")]


def test_a_sqlite_file_cannot_be_written(delivered: Deliver, tmp_path: Path) -> None:
    """A contract's query that would change a delivery is refused by the database itself."""
    content = _database(tmp_path / "x", (1, "Testa")).read_bytes()
    reader = {"format": "sqlite", "query": "DELETE FROM Clients"}
    found = delivered({"c.db": content}, people={"files": ["*.db"], "reader": reader})
    assert found.deliveries() == [("people", "refused", 0)]


def test_parquet_columns_become_text(delivered: Deliver, tmp_path: Path) -> None:
    """Typed columns are text in the same form as from any other format."""
    table = pa.table({"id": [1.0, 2.0], "name": [date(2024, 1, 2), None]})
    pq.write_table(table, tmp_path / "x.parquet")
    content = (tmp_path / "x.parquet").read_bytes()
    people = {"files": ["*.parquet"], "reader": {"format": "parquet"}}
    found = delivered({"p.parquet": content, "q.parquet": content[:-30]}, people=people)
    assert found.raw() == [(1, "1", "2024-01-02"), (2, "2", None)]
    assert found.issues() == [("damaged_file", "error")]


ASKED = {"format": "sql", "url_variable": "INVENTED_URL", "query": "SELECT id, name FROM Clients"}


def test_a_query_by_url_is_a_delivery_of_its_day(
    delivered: Deliver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The result is dated, counted and named after its list; the URL stays in the environment."""
    path = _database(tmp_path / "live", (1, "Testa"), (2, "Tim"))
    monkeypatch.setenv("INVENTED_URL", f"sqlite:///{path}")
    found = delivered({"notes.txt": ""}, people={"reader": ASKED}, notes={"files": ["*.txt"]})
    assert found.raw() == [(1, "1", "Testa"), (2, "2", "Tim")]
    [(file, rows_in)] = found.rows("file, rows_in", "deliveries WHERE list = 'people'")
    assert file == "answers/s.people.2026-01-31.parquet"
    assert rows_in == 2


@pytest.mark.parametrize(
    ("url", "query", "rule"),
    [
        (None, "SELECT 1", "not_connected"),
        ("sqlite:////nowhere/at/all", "SELECT 1", "database_failed"),
        ("sqlite://", "SELECT id FROM secret", "database_failed"),
        ("sqlite://", "DROP TABLE Clients", "not_a_select"),
        ("sqlite://", "SELECT 1; DROP TABLE Clients", "not_a_select"),
    ],
)
def test_a_query_that_fails_is_told_of(
    delivered: Deliver, monkeypatch: pytest.MonkeyPatch, url: str | None, query: str, rule: str
) -> None:
    """No database, a wrong query or one that would write: told, without the URL or the answer."""
    if url:
        monkeypatch.setenv("INVENTED_URL", url)
    found = delivered(
        {"p.csv": "id,name\n1,Testa\n"},
        people={"reader": {**ASKED, "query": query}},
        others={"files": ["*.csv"]},
    )
    assert found.issues() == [(rule, "error")]
    assert found.raw(list_id="others") == [(2, "1", "Testa")]
    assert not any("sqlite" in advice for (advice,) in found.issues("advice"))


FAKE_TOOL = """#!/bin/sh
printf 'id,name\\n%s,"%s"\\n' "$#" "$6"
"""


def test_an_access_table_is_taken_out_by_mdbtools(
    delivered: Deliver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tool is asked for the table with ISO dates; here a stand-in echoes what it was asked."""
    tool = tmp_path / "bin" / "mdb-export"
    tool.parent.mkdir()
    tool.write_text(FAKE_TOOL)
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tool.parent), prepend=":")
    reader = {"format": "access", "table": "HIF people"}
    found = delivered({"hif.accdb": b"x"}, people={"files": ["*.accdb"], "reader": reader})
    assert found.raw() == [(2, "6", "HIF people")]
    assert found.deliveries("file") == [("delivered/hif.accdb#HIF people",)]


def test_access_without_mdbtools_says_what_to_install(
    delivered: Deliver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a machine without the tool the delivery is refused with the remedy."""
    monkeypatch.setenv("PATH", str(tmp_path))
    found = delivered({"h.mdb": b"x"}, people={"files": ["*.mdb"], "reader": {"format": "access"}})
    assert found.issues() == [("no_mdbtools", "error")]


@pytest.mark.access
def test_what_is_no_access_file_is_refused_by_the_real_tool(delivered: Deliver) -> None:
    """The real mdb-export finds no database in other bytes, and the delivery is refused."""
    found = delivered({"h.mdb": b"x"}, people={"files": ["*.mdb"], "reader": {"format": "access"}})
    assert found.issues() == [("missing_table", "error")]


def test_half_an_answer_is_none(
    delivered: Deliver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that fails while it answers is told of; what came is no delivery."""
    path = _database(tmp_path / "live", *((at, "Testa") for at in range(60_000)), ("x", None))
    query = "SELECT id, CASE WHEN id = 'x' THEN abs(-9223372036854775808) END AS name FROM Clients"
    monkeypatch.setenv("INVENTED_URL", f"sqlite:///{path}")
    found = delivered({"n.txt": ""}, people={"reader": {**ASKED, "query": query}})
    assert found.issues("list, rule")[0] == ("people", "database_failed")
    assert found.deliveries() == []


def test_a_kept_answer_can_be_loaded_again(
    delivered: Deliver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer of an earlier day is an older delivery of the same list."""
    path = _database(tmp_path / "live", (1, "Testa"))
    monkeypatch.setenv("INVENTED_URL", f"sqlite:///{path}")
    table = pa.table({"id": ["9"], "name": ["Tim"]})
    pq.write_table(table, tmp_path / "x")
    older = {"0123456789ab-s.people.2025-12-31.parquet": (tmp_path / "x").read_bytes()}
    found = delivered(older, people={"reader": ASKED})
    assert found.raw() == [(1, "1", "Testa"), (1, "9", "Tim")]
    assert found.deliveries("delivered_on::VARCHAR, latest") == [
        ("2025-12-31", False),
        ("2026-01-31", True),
    ]
