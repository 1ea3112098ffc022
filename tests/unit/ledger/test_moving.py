"""A ledger moves from its file to a server whole, once, and nobody forgets where it is."""

from pathlib import Path

import pytest
from postgres_server import Server

from pei_graph.errors import LedgerError
from pei_graph.ledger import (
    Entry,
    Ledger,
    Showing,
    append,
    authenticate,
    create_user,
    history,
    judge,
    lend,
    move_ledger,
    open_ledger,
    verify,
)
from pei_graph.settings import Settings

pytestmark = pytest.mark.postgres

PAIR = ("asp:N1", "ehm:EH1")
PASSWORD = "an invented password"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A ledger in a file, with something in every kind of table."""
    made = tmp_path / "precious" / "ledger.sqlite"
    with open_ledger(made, Settings()) as ledger:
        _use(ledger, "testa")
    return made


def _use(ledger: Ledger, name: str) -> None:
    create_user(ledger, name, PASSWORD, "reviewer")
    told = Entry(name, "judge", "a test", ["P-1"])
    showing = Showing("audit", "accepted", 0.1, four_eyes=True)
    judge(ledger, PAIR, verdict="same", by=name, why="seen", showing=showing, told=told)
    lend(ledger, [(PAIR, Showing())], name)


@pytest.fixture
def server(postgres: Server) -> Settings:
    """Settings that name an empty database."""
    return postgres.settings(postgres.database())


def test_everything_moves_and_goes_on(file: Path, server: Settings) -> None:
    """Users, verdicts and the trail are on the server, and what is added is numbered on."""
    with open_ledger(file, Settings()) as ledger:
        before, trail = history(ledger), verify(ledger)
    assert move_ledger(file, server)["judgements"] == 1
    with open_ledger(file, server) as moved:
        assert (history(moved), verify(moved)) == (before, trail)
        assert authenticate(moved, "testa", PASSWORD) is not None
        _use(moved, "tim")
        assert [judgement.id for judgement in history(moved)] == [1, 2]
        assert verify(moved).problems == ()
    assert not file.exists()
    assert file.with_suffix(".moved").exists()


def test_a_ledger_in_a_file_is_not_passed_over(file: Path, server: Settings) -> None:
    """A server named for a workspace that has judgements of its own must be given them first."""
    with pytest.raises(LedgerError, match="pei move-ledger"):
        open_ledger(file, server)


def test_a_ledger_on_a_server_is_not_forgotten(file: Path, server: Settings) -> None:
    """A command that was not told of the server does not begin a ledger without judgements."""
    move_ledger(file, server)
    with pytest.raises(LedgerError, match="PEI_LEDGER_URL"):
        open_ledger(file, Settings())


def test_a_move_that_was_cut_short_is_finished(file: Path, server: Settings) -> None:
    """Where the rows went over and the file stayed, moving again only puts the file away."""
    copy = file.read_bytes()
    move_ledger(file, server)
    file.write_bytes(copy)
    file.with_suffix(".server").unlink()
    assert move_ledger(file, server)["judgements"] == 1
    with open_ledger(file, server) as moved:
        assert len(history(moved)) == 1


def test_nothing_is_moved_onto_something_else(file: Path, server: Settings, tmp_path: Path) -> None:
    """A server's ledger that holds other things is not mixed with this one."""
    with open_ledger(tmp_path / "other" / "ledger.sqlite", server) as other:
        append(other, Entry("tilda", "search"))
    (tmp_path / "other" / "ledger.key").replace(file.with_suffix(".key"))
    with pytest.raises(LedgerError, match="holds something already"):
        move_ledger(file, server)
    assert file.exists()


def test_what_cannot_be_moved_is_told(file: Path, server: Settings) -> None:
    """Without a server or without a file there is nothing to move, and the error says which."""
    with pytest.raises(LedgerError, match="No server is named"):
        move_ledger(file, Settings())
    with pytest.raises(LedgerError, match="no ledger to move"):
        move_ledger(file.with_name("nothing.sqlite"), server)
