"""The audit trail shows every kind of tampering."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from pei_graph.ledger import Entry, Ledger, append, open_ledger, recent, verify
from pei_graph.settings import Settings

Intruder = Callable[[str], None]


@pytest.fixture
def trail(ledger: Ledger) -> Ledger:
    """A ledger with five entries in its trail."""
    for number in range(5):
        append(ledger, Entry("demo", "person", "a test", [f"P-{number}"], {"results": number}))
    return ledger


@pytest.fixture
def intruder(trail: Ledger) -> Intruder:
    """Somebody who changes the database past the product, once its triggers are removed."""
    of_table = " ON audit" if trail.engine.dialect.name == "postgresql" else ""

    def change(statement: str) -> None:
        with trail.engine.begin() as con:
            con.exec_driver_sql(statement)

    for trigger in ("audit_changed", "audit_cut"):
        change(f"DROP TRIGGER {trigger}{of_table}")
    return change


def test_an_untouched_trail_is_whole(trail: Ledger) -> None:
    """Entries stand in the order in which they were written, and verify."""
    assert verify(trail).problems == ()
    assert [row.seq for row in recent(trail, 3)] == [5, 4, 3]
    assert trail.broken_audit_entries() == []


def test_an_empty_trail_is_whole(ledger: Ledger) -> None:
    """A ledger without entries verifies, with none."""
    assert verify(ledger).entries == 0
    assert verify(ledger).problems == ()


@pytest.mark.parametrize("statement", ["UPDATE audit SET who = 'x'", "DELETE FROM audit"])
def test_the_database_refuses_changes(trail: Ledger, statement: str) -> None:
    """Entries cannot be changed or deleted through the database."""
    with pytest.raises(DBAPIError, match="written once"), trail.engine.begin() as con:
        con.exec_driver_sql(statement)


@pytest.mark.parametrize(
    ("tampering", "problem"),
    [
        ("UPDATE audit SET subjects = '[\"P-9\"]' WHERE seq = 3", "Entry 3 is not as"),
        ("UPDATE audit SET at = '2020-01-01' WHERE seq = 1", "Entry 1 is not as"),
        ("DELETE FROM audit WHERE seq = 2", "Entries from 2 to before 3 are missing"),
        ("DELETE FROM audit WHERE seq = 5", "5 entries were written; the trail ends at 4"),
        ("DELETE FROM audit WHERE seq = 1", "Entries from 1 to before 2 are missing"),
        ("UPDATE audit_head SET entries = 4", "The head of the trail is not as"),
        ("DELETE FROM audit_head", "The head of the trail is missing"),
        ("DELETE FROM audit", "5 entries were written; the trail ends at 0"),
    ],
    ids=["flip", "backdate", "drop", "truncate", "behead", "forge head", "no head", "empty"],
)
def test_tampering_shows(trail: Ledger, intruder: Intruder, tampering: str, problem: str) -> None:
    """An entry that is changed, dropped or cut from the end is reported."""
    intruder(tampering)
    assert any(found.startswith(problem) for found in verify(trail).problems)


def test_reordered_entries_show(trail: Ledger, intruder: Intruder) -> None:
    """Two entries that change places are both reported."""
    intruder("UPDATE audit SET seq = 100 WHERE seq = 2")
    intruder("UPDATE audit SET seq = 2 WHERE seq = 3")
    intruder("UPDATE audit SET seq = 3 WHERE seq = 100")
    problems = verify(trail).problems
    assert {"Entry 2 is not as it was written", "Entry 3 is not as it was written"} <= set(problems)


def test_another_key_verifies_nothing(trail: Ledger, tmp_path: Path, kept: Settings) -> None:
    """Without the key that sealed it no trail can be verified, nor forged."""
    key = tmp_path / "precious" / "ledger.key"
    assert key.stat().st_mode & 0o077 == 0
    key.write_bytes(b"another key of thirty-two bytes.")
    with open_ledger(tmp_path / "precious" / "ledger.sqlite", kept) as other:
        assert verify(other).problems


def test_writers_take_turns(ledger: Ledger) -> None:
    """Entries written at once by several threads all stand, each in its own place."""

    def write() -> None:
        for _ in range(5):
            append(ledger, Entry("demo", "search"))

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert verify(ledger).entries == 20
    assert verify(ledger).problems == ()
