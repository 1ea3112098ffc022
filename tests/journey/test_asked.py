"""A source that is a database: what it answered is a delivery, and the run builds upon the last."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner
from same_run import differing

from pei_graph.cli import main
from pei_graph.workspace import Workspace

pytestmark = pytest.mark.long

CONTRACT = """
id: housing
title: Housing system
agency: Housing
owner: Housing data officer
contact: {team: Income team, telephone: "01632 960100"}
freshness: {every: night, since: this year, covers: tenants}
lists:
  tenants:
    title: Tenants
    reader: {format: sql, url_variable: INVENTED_HOUSING, query: SELECT * FROM tenants ORDER BY id}
    people:
      - role: tenant
        key: [id]
        fields: {forename: forename, surname: surname, birth_date: born}
"""

Pei = Callable[..., dict[str, Any]]


@pytest.fixture
def database(council: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a database of tenants, each of them known to another system too."""
    file = tmp_path / "housing.sqlite"
    tables = council.workspace.require_current().tables
    with duckdb.connect(str(tables), read_only=True) as con:
        known = con.execute(
            "SELECT row_number() OVER (ORDER BY record_id), forename_given, surname_given,"
            " birth_date::VARCHAR FROM records WHERE source = 'ehm'"
        ).fetchall()
    with closing(sqlite3.connect(file)) as live, live:
        live.execute("CREATE TABLE tenants (id INTEGER, forename, surname, born)")
        live.executemany("INSERT INTO tenants VALUES (?, ?, ?, ?)", known)
    monkeypatch.setenv("INVENTED_HOUSING", f"sqlite:///{file}")
    return file


@pytest.fixture
def pei(tmp_path: Path) -> Pei:
    """Give what runs a command with the housing contract and returns the report it prints."""
    (tmp_path / "contracts").mkdir()
    (tmp_path / "contracts/housing.yml").write_text(CONTRACT, encoding="utf-8")

    def run(*arguments: object, as_of: str) -> dict[str, Any]:
        asked = [*arguments, "--contracts", tmp_path / "contracts", "--as-of", as_of, "--json"]
        result = CliRunner().invoke(main, list(map(str, asked)))
        assert result.exit_code == 0, result.output
        report: dict[str, Any] = json.loads(result.stdout)
        return report

    return run


def change(database: Path, statement: str) -> None:
    """The database holds something else."""
    with closing(sqlite3.connect(database)) as live, live:
        live.execute(statement)


@contextmanager
def unread(file: Path) -> Iterator[None]:
    """Within the body whoever reads the file finds nothing."""
    content = file.read_bytes()
    file.write_bytes(b"")
    yield
    file.write_bytes(content)


def silent(workspace: Workspace) -> list[tuple[str, str]]:
    """Return the lists for which no database answered, with the rule."""
    with duckdb.connect(str(workspace.require_current().tables), read_only=True) as con:
        return con.execute(
            "SELECT list, rule FROM issues WHERE source = 'housing' AND delivery_id IS NULL"
        ).fetchall()


def deliveries(workspace: Workspace, *arguments: str) -> list[dict[str, str]]:
    """Return what `pei deliveries` says of the database's answers, by day and time."""
    asked = ["deliveries", "-w", str(workspace.root), *arguments]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout) if "--json" in arguments else []
    answers = [each for each in told if each["file"].startswith("answers/housing.tenants.")]
    return sorted(answers, key=lambda each: (each["day"], each["state"]))


def states(workspace: Workspace) -> list[str]:
    """Return what became of the database's answers."""
    return [each["state"] for each in deliveries(workspace, "--json")]


def withdraw(workspace: Workspace, day: str) -> None:
    """The database's answer of a day counts for nothing."""
    [key] = [each["id"] for each in deliveries(workspace, "--json") if each["day"] == day]
    deliveries(workspace, "withdraw", key, "--why", "drawn wrongly", "--by", "a")


def test_what_a_database_answers_is_built_upon(
    council: SimpleNamespace, pei: Pei, database: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    """Night after night only what it says otherwise is settled again, and equals a run made anew.

    A database that is away is told of, its last answer counts on, and no more is once it is back.
    An answer is a delivery: a later one of the day takes its place, and it can be withdrawn. Who
    settles or rebuilds asks no database.
    """
    workspace, twin = Workspace(tmp_path / "w"), Workspace(tmp_path / "twin")
    first = pei("run", council.sources, "-w", workspace.root, as_of="2026-10-01")
    same = pei("run", "-w", workspace.root, as_of="2026-10-01")
    assert (same["full"], same["touched"]["records"]) == (None, 0)

    change(database, "DELETE FROM tenants WHERE id % 30 = 4")
    change(database, "UPDATE tenants SET surname = 'Otherwise' WHERE id % 30 = 5")
    with unread(next(workspace.deliveries.rglob("dwp_benefits.csv"))):
        told = pei("run", "-w", workspace.root, as_of="2026-10-02")
    assert (told["full"], told["tables"]["records"]) == (None, first["tables"]["records"])
    assert 0 < told["touched"]["records"] < told["tables"]["records"] / 2

    monkeypatch.setenv("INVENTED_HOUSING", "sqlite:////nowhere/at/all")
    away = pei("run", "-w", workspace.root, as_of="2026-10-03")
    assert (away["full"], away["tables"]["records"]) == (None, told["tables"]["records"])
    assert silent(workspace) == [("tenants", "database_failed")]
    shutil.copytree(workspace.root, tmp_path / "kept")

    monkeypatch.setenv("INVENTED_HOUSING", f"sqlite:///{database}")
    change(database, "DELETE FROM tenants WHERE id % 30 = 6")
    pei("run", "-w", workspace.root, as_of="2026-10-04")
    back = pei("run", "-w", workspace.root, as_of="2026-10-04")
    assert (back["full"], silent(workspace)) == (None, [])

    change(database, "UPDATE tenants SET forename = 'Testa' WHERE id % 30 = 7")
    pei("run", "-w", workspace.root, as_of="2026-10-04")
    assert states(workspace) == ["earlier", "earlier", "earlier", "newest"]
    withdraw(workspace, "2026-10-02")
    pei("run", "-w", workspace.root, as_of="2026-10-04")

    database.unlink()
    shutil.copytree(workspace.root, twin.root)
    settled = pei("settle", "-w", workspace.root, as_of="2026-10-04")
    assert (settled["full"], settled["touched"]["records"], silent(workspace)) == (None, 0, [])
    assert pei("rebuild", "-w", twin.root, as_of="2026-10-04")["full"] == "asked for"
    assert set(differing(workspace, twin)) <= {"identity_log"}

    without = Workspace(tmp_path / "kept")
    shutil.copytree(without.root, twin.root.with_name("again"))
    pei("settle", "-w", without.root, as_of="2026-10-03")
    pei("rebuild", "-w", twin.root.with_name("again"), as_of="2026-10-03")
    assert silent(without) == [("tenants", "database_failed")]
    assert set(differing(without, Workspace(twin.root.with_name("again")))) <= {"identity_log"}
