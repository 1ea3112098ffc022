"""A ledger's tables are made once, whoever comes first, and never by a program that is too old."""

import subprocess
import sys
from pathlib import Path

import pytest
from postgres_server import Server
from sqlalchemy import inspect
from sqlalchemy.exc import DBAPIError

from pei_graph.errors import LedgerError
from pei_graph.ledger import Entry, Ledger, append, judge, open_ledger, verify
from pei_graph.settings import Settings

PAIR = ("asp:N1", "ehm:EH1")
AT_ONCE = 4

OPEN_AND_WRITE = """
import sys
from pathlib import Path
from pei_graph.ledger import Entry, append, open_ledger
from pei_graph.settings import Settings

sys.stdin.readline()
settings = Settings.model_validate_json(sys.argv[2])
with open_ledger(Path(sys.argv[1]), settings) as ledger:
    append(ledger, Entry("testa", "start"))
"""


def test_several_processes_may_start_at_once(tmp_path: Path, kept: Settings) -> None:
    """Each finds the tables and the one key, and what each writes stands in one trail."""
    file = tmp_path / "precious" / "ledger.sqlite"
    command = [sys.executable, "-c", OPEN_AND_WRITE, str(file), kept.model_dump_json()]
    started = [subprocess.Popen(command, stdin=subprocess.PIPE) for _ in range(AT_ONCE)]
    for process in started:
        assert process.stdin is not None
        process.stdin.write(b"now\n")
        process.stdin.close()
    assert [process.wait() for process in started] == [0] * AT_ONCE
    with open_ledger(file, kept) as ledger:
        assert (verify(ledger).entries, verify(ledger).problems) == (AT_ONCE, ())


def _change(ledger: Ledger, statement: str) -> None:
    with ledger.engine.begin() as con:
        con.exec_driver_sql(statement)


def test_a_ledger_from_before_versions_is_brought_up(
    ledger: Ledger, tmp_path: Path, kept: Settings
) -> None:
    """What an older ledger lacks is made, and what it holds is untouched."""
    append(ledger, Entry("testa", "start"))
    _change(ledger, "DROP TABLE ledger_version")
    _change(ledger, "DROP TABLE leases")
    with open_ledger(tmp_path / "precious" / "ledger.sqlite", kept) as again:
        assert inspect(again.engine).has_table("leases")
        assert (verify(again).entries, verify(again).problems) == (1, ())


def test_an_older_ledger_is_kept_as_well_as_a_new_one(tmp_path: Path) -> None:
    """What an older version let pass is refused from the day the ledger is opened by this one."""
    file = tmp_path / "precious" / "ledger.sqlite"
    with open_ledger(file) as older:
        judge(older, PAIR, verdict="same", by="testa", why="")
        _change(older, "DROP TRIGGER judgement_changed")
        _change(
            older,
            "CREATE TRIGGER judgement_changed BEFORE UPDATE OF verdict ON judgements"
            " BEGIN SELECT RAISE(ABORT, 'written once'); END",
        )
        _change(older, "UPDATE judgements SET why = 'x'")
        _change(older, "UPDATE ledger_version SET version = 1")
    with open_ledger(file) as newer, pytest.raises(DBAPIError, match="written once"):
        _change(newer, "UPDATE judgements SET why = 'y'")


def test_a_newer_ledger_is_left_alone(ledger: Ledger, tmp_path: Path, kept: Settings) -> None:
    """A program older than the ledger's tables refuses to write to them."""
    _change(ledger, "UPDATE ledger_version SET version = 99")
    with pytest.raises(LedgerError, match="newer version"):
        open_ledger(tmp_path / "precious" / "ledger.sqlite", kept)


def test_no_new_key_is_made_for_an_old_trail(
    ledger: Ledger, tmp_path: Path, kept: Settings
) -> None:
    """Where entries were sealed and the key is gone, the ledger asks for it."""
    append(ledger, Entry("testa", "start"))
    (tmp_path / "precious" / "ledger.key").unlink()
    with pytest.raises(LedgerError, match="key that seals"):
        open_ledger(tmp_path / "precious" / "ledger.sqlite", kept)


@pytest.mark.postgres
def test_a_pair_is_ordered_by_characters(tmp_path: Path, postgres: Server) -> None:
    """Records are kept in Python's order, whatever language the database sorts by."""
    english = "LOCALE_PROVIDER icu ICU_LOCALE 'en-GB' LOCALE 'C.UTF-8' TEMPLATE template0"
    settings = postgres.settings(postgres.database(english))
    with open_ledger(tmp_path / "ledger.sqlite", settings) as ledger:
        judge(ledger, ("asp:a", "asp:B"), verdict="same", by="testa", why="\0")
        (kept,) = ledger.judgements()
    assert (kept.pair, kept.why) == (("asp:B", "asp:a"), "\ufffd")


@pytest.mark.postgres
@pytest.mark.parametrize("table", ["audit", "judgements", "showings"])
def test_what_is_written_once_cannot_be_emptied(
    postgres: Server, tmp_path: Path, table: str
) -> None:
    """PostgreSQL's way to empty a table whole is refused too."""
    settings = postgres.settings(postgres.database())
    with open_ledger(tmp_path / "ledger.sqlite", settings) as ledger:
        judge(ledger, PAIR, verdict="same", by="testa", why="", told=Entry("testa", "judge"))
        with pytest.raises(DBAPIError, match="written once"):
            _change(ledger, f"TRUNCATE {table} CASCADE")
        assert len(ledger.judgements()) == 1
