"""A ledger on a server loses nothing that was acknowledged, whatever happens to the server."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

import pytest
from postgres_server import PASSWORD, Server, running
from sqlalchemy.exc import ProgrammingError

from pei_graph.errors import LedgerError
from pei_graph.ledger import (
    Entry,
    Ledger,
    Showing,
    create_user,
    deactivate,
    end_session,
    history,
    judge,
    lend,
    note_failure,
    open_ledger,
    start_session,
    verify,
    withdraw,
)
from pei_graph.settings import Settings

pytestmark = pytest.mark.postgres

GUIDE = Path(__file__).parents[3] / "docs" / "server.md"
WRITERS = 4
BEFORE = 40
LONGEST_WAIT = 60


@pytest.fixture(scope="module")
def fragile() -> Iterator[Server]:
    """A server of this module's own, that may be killed."""
    with running() as server:
        yield server


@pytest.fixture
def ledger(fragile: Server, tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger on it."""
    settings = fragile.settings(fragile.database())
    with open_ledger(tmp_path / "precious" / "ledger.sqlite", settings) as opened:
        yield opened


class Clerks:
    """People who judge without a pause, and write down what was acknowledged."""

    def __init__(self, ledger: Ledger) -> None:
        """Nobody works yet."""
        self.acknowledged: list[int] = []
        self.refused: list[str] = []
        self._ledger = ledger
        self._ends = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, args=(f"clerk{number}",))
            for number in range(WRITERS)
        ]

    def _work(self, name: str) -> None:
        while not self._ends.is_set():
            told = Entry(name, "judge")
            try:
                number = judge(
                    self._ledger, ("asp:N1", "lcs:1"), verdict="same", by=name, why="", told=told
                )
            except LedgerError as error:
                self.refused.append(error.what)
                time.sleep(0.05)
            else:
                self.acknowledged.append(number)

    def __enter__(self) -> Self:
        """Everybody works."""
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Everybody has stopped."""
        self._ends.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, more: int) -> None:
        """So many more judgements were acknowledged."""
        wanted, until = len(self.acknowledged) + more, time.monotonic() + LONGEST_WAIT
        while len(self.acknowledged) < wanted:
            assert time.monotonic() < until, "the ledger does not come back"
            time.sleep(0.01)


def _kill_a_writer(server: Server, clerks: Clerks) -> None:
    killed = 0
    while killed < 3:
        killed += server.kill_a_writer()
        clerks.wait_for(BEFORE)


def _crash_and_start(server: Server, clerks: Clerks) -> None:
    server.stop("immediate")
    until = time.monotonic() + LONGEST_WAIT
    while not clerks.refused:
        assert time.monotonic() < until
        time.sleep(0.01)
    server.start()


@pytest.mark.parametrize("blow", [_kill_a_writer, _crash_and_start])
def test_nothing_acknowledged_is_lost(
    ledger: Ledger, fragile: Server, blow: Callable[[Server, Clerks], None]
) -> None:
    """Writers are killed, or the server is, in the midst of work: it goes on by itself after."""
    with Clerks(ledger) as clerks:
        clerks.wait_for(BEFORE)
        blow(fragile, clerks)
        clerks.wait_for(BEFORE)
    kept = history(ledger)
    assert {*clerks.acknowledged} - {judgement.id for judgement in kept} == set()
    assert len(kept) - len(clerks.acknowledged) <= len(clerks.refused)
    assert clerks.refused
    assert verify(ledger).problems == ()
    assert verify(ledger).entries == len(kept)


def test_a_reader_sees_one_state(ledger: Ledger) -> None:
    """A trail is whole to whoever verifies it while others write."""
    with Clerks(ledger) as clerks:
        for _ in range(20):
            clerks.wait_for(1)
            assert verify(ledger).problems == ()
    assert clerks.refused == []


def test_no_pair_is_lent_twice_by_two_programs(
    ledger: Ledger, fragile: Server, tmp_path: Path
) -> None:
    """Programs that share the server never put one pair before two people."""
    offers = [((f"asp:N{number}", f"lcs:{number}"), Showing("queue")) for number in range(9)]
    settings = fragile.settings(str(ledger.engine.url.database))
    lent: list[object] = []
    with open_ledger(tmp_path / "precious" / "ledger.sqlite", settings) as other:
        threads = [
            threading.Thread(target=lambda by=f"p{n}", at=at: lent.append(lend(at, offers, by)))
            for n, at in enumerate([ledger, other] * 4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len({*lent}) == len(lent) == 8
    assert None not in lent


def test_a_changed_password_is_taken_up(fragile: Server, tmp_path: Path, ledger: Ledger) -> None:
    """A new connection asks with what the file says then; nothing has to be started anew."""
    word = tmp_path / "word"
    word.write_text((fragile.folder / "password").read_text(), encoding="utf-8")
    settings = fragile.settings(str(ledger.engine.url.database))
    settings = settings.model_copy(update={"ledger_password_file": word})
    file = tmp_path / "precious" / "ledger.sqlite"
    with open_ledger(file, settings) as other:
        fragile.say("ALTER ROLE pei PASSWORD 'another invented word'")
        try:
            other.engine.dispose()
            with pytest.raises(LedgerError, match="refuses"):
                other.answers()
            word.write_text("another invented word", encoding="utf-8")
            other.answers()
        finally:
            fragile.say("ALTER ROLE pei PASSWORD 'an invented word'")


GRANTS = re.search(r"^```sql\n(.*?)^```", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_pages_may_work_with_less_than_the_owners_rights(
    fragile: Server, tmp_path: Path, ledger: Ledger
) -> None:
    """A role with the rights of the guide does all that pages do, and cannot undo what is kept."""
    assert GRANTS is not None
    database = str(ledger.engine.url.database)
    fragile.say(f"CREATE ROLE pei_pages LOGIN PASSWORD '{PASSWORD}'")
    for statement in GRANTS[1].split(";")[:-1]:
        fragile.say(statement, database)
    settings = fragile.settings(database)
    url = settings.ledger_url.replace("//pei@", "//pei_pages@")
    settings = settings.model_copy(update={"ledger_url": url})
    with open_ledger(tmp_path / "precious" / "ledger.sqlite", settings) as pages:
        user = create_user(pages, "testa", PASSWORD, "reviewer")
        end_session(pages, start_session(pages, user, "a test"))
        note_failure(pages, "tim")
        assert lend(pages, [(("asp:N1", "lcs:1"), Showing())], "testa") is not None
        told = Entry("testa", "judge")
        judge(pages, ("asp:N1", "lcs:1"), verdict="same", by="testa", why="", told=told)
        withdraw(pages, 1, "testa")
        deactivate(pages, "testa")
        for attempt in ("DROP TRIGGER audit_cut ON audit", "DELETE FROM audit", "TRUNCATE audit"):
            with pytest.raises(ProgrammingError), pages.engine.begin() as con:
                con.exec_driver_sql(attempt)
    assert verify(ledger).problems == ()


def test_a_server_that_does_not_wait_for_its_disk_is_refused(
    fragile: Server, tmp_path: Path, ledger: Ledger
) -> None:
    """What such a server confirms may be gone after a power cut, so no ledger is kept there."""
    settings = fragile.settings(str(ledger.engine.url.database))
    try:
        fragile.say("ALTER SYSTEM SET fsync = off")
        fragile.say("SELECT pg_reload_conf()")
        assert "fsync = on" in _refused(tmp_path, settings)
    finally:
        fragile.say("ALTER SYSTEM RESET fsync")
        fragile.say("SELECT pg_reload_conf()")


def _refused(folder: Path, settings: Settings) -> str:
    """Return what to do where the ledger is refused, as it is once the server heeds its words."""
    until = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < until:
        try:
            open_ledger(folder / "precious" / "ledger.sqlite", settings).close()
        except LedgerError as error:
            return error.do
    return "it was not refused"
