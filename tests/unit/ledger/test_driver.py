"""A server that goes away, keeps silent or is not who it should be is told by what it did."""

import logging
import socket
import struct
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from postgres_server import Server, certify

from pei_graph.errors import LedgerError
from pei_graph.ledger import Entry, Ledger, append, open_ledger, verify
from pei_graph.settings import Settings


def _message(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("!i", len(body) + 4) + body


def _error(severity: str, code: str) -> bytes:
    fields = f"S{severity}\0V{severity}\0C{code}\0Man invented reason\0\0"
    return _message(b"E", fields.encode())


WELCOME = _message(b"R", struct.pack("!i", 0)) + _message(b"Z", b"I")
ANOTHER_WAY = _message(b"R", struct.pack("!i", 7))


@contextmanager
def _pretends(answers: Sequence[bytes]) -> Iterator[int]:
    """Somebody listens, gives each answer to what is said, and goes away; return the port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                client, _ = server.accept()
                with client:
                    for answer in answers:
                        client.recv(9999)
                        client.sendall(answer)
                    # With anything unread, closing would be a reset and not an end.
                    client.shutdown(socket.SHUT_WR)
                    client.recv(9999)

        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def _told(folder: Path, url: str) -> str:
    with pytest.raises(LedgerError) as refused:
        open_ledger(folder / "ledger.sqlite", Settings(ledger_url=url)).close()
    return refused.value.what


@pytest.mark.parametrize(
    ("mode", "answers", "said"),
    [
        ("disable", [_error("FATAL", "57P03")], "starting or stopping"),
        ("disable", [_error("FATAL", "53300")], "busy"),
        ("disable", [WELCOME, _error("PANIC", "53100")], "disk of the ledger is full"),
        ("disable", [WELCOME, _error("FATAL", "57P01")], "went away"),
        ("disable", [WELCOME], "went away"),
        ("disable", [], "cannot be reached"),
        ("disable", [ANOTHER_WAY], "refuses the user"),
        ("require", [b"N"], "not secured as asked"),
        ("require", [b"S"], "not secured as asked"),
        ("require", [b"E"], "cannot be reached"),
        ("prefer", [b"N", _error("FATAL", "3D000")], "no such database"),
    ],
)
def test_what_a_server_does_before_it_goes_is_told(
    tmp_path: Path, mode: str, answers: Sequence[bytes], said: str
) -> None:
    """What it said last counts; where it said nothing, that it is not there."""
    with _pretends(answers) as port:
        assert said in _told(tmp_path, f"postgresql://pei@127.0.0.1:{port}/x?sslmode={mode}")


def test_a_silent_server_is_given_up(tmp_path: Path) -> None:
    """A connection that does not come about in time is told as a server that is not there."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        url = f"postgresql://pei@127.0.0.1:{port}/x?connect_timeout=1"
        assert "cannot be reached" in _told(tmp_path, url)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?sslmode=verify-nothing", "unknown sslmode"),
        ("?sslcrl=a&service=b", "not understood: service, sslcrl"),
        ("?host=a&host=b", "twice"),
        ("?host=a,b", "twice"),
        ("?connect_timeout=long", "cannot be read"),
        ("?connect_timeout=-1", "cannot be read"),
        ("?port=65536", "cannot be read"),
    ],
)
def test_what_is_not_understood_in_a_url_is_not_passed_over(
    tmp_path: Path, query: str, said: str
) -> None:
    """A wish that cannot be kept is refused, since security may rest on it."""
    assert said in _told(tmp_path, f"postgresql://pei@127.0.0.1/x{query}")


def _ask(settings: Settings, folder: Path, query: str) -> object:
    with open_ledger(folder / "ledger.sqlite", settings) as ledger, ledger.reading() as con:
        return con.exec_driver_sql(query).scalar_one()


ENCRYPTED = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("query", "encrypted"),
    [({}, True), ({"sslmode": "disable"}, False), ({"sslmode": "require"}, True)],
)
def test_a_connection_is_as_secure_as_asked(
    postgres: Server, tmp_path: Path, query: dict[str, str], *, encrypted: bool
) -> None:
    """On this machine what the server offers is taken; the URL may ask for less or more."""
    settings = postgres.settings(postgres.database(), **query)
    assert _ask(settings, tmp_path, ENCRYPTED) is encrypted


@pytest.mark.postgres
def test_who_vouches_for_the_server_is_whom_the_url_names(postgres: Server, tmp_path: Path) -> None:
    """Where somebody is named to vouch, nobody else can, and the name is not looked at."""
    certify(tmp_path)
    name = postgres.database()
    for file in (tmp_path / "server.crt", tmp_path / "nothing"):
        wrong = postgres.settings(name, sslmode="require", sslrootcert=str(file)).ledger_url
        assert "not secured as asked" in _told(tmp_path, wrong)
    right = str(postgres.folder / "server.crt")
    settings = postgres.settings(name, sslmode="require", sslrootcert=right)
    assert _ask(settings, tmp_path, ENCRYPTED) is True


@pytest.mark.postgres
def test_a_server_is_reached_by_its_socket(postgres: Server, tmp_path: Path) -> None:
    """A folder of sockets in the URL leads to the server that listens there."""
    name = postgres.database()
    url = f"postgresql://pei@/{name}?host={postgres.folder}&port={postgres.port}"
    query = "SELECT inet_server_addr() IS NULL"
    assert _ask(Settings(ledger_url=url), tmp_path, query) is True


@pytest.mark.postgres
def test_a_password_that_cannot_be_is_refused(postgres: Server, tmp_path: Path) -> None:
    """What no password may hold is told as a wrong one."""
    word = tmp_path / "word"
    word.write_text("bell\7\n", encoding="utf-8")
    settings = postgres.settings(postgres.database())
    settings = settings.model_copy(update={"ledger_password_file": word})
    with pytest.raises(LedgerError, match="refuses the user or the password"):
        open_ledger(tmp_path / "ledger.sqlite", settings)


@pytest.mark.postgres
def test_connections_that_were_ended_are_not_missed(
    postgres: Server, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A keeper ends every idle connection: the next entry is kept, and nobody is troubled."""
    settings = postgres.settings(postgres.database())
    with open_ledger(tmp_path / "ledger.sqlite", settings) as ledger, caplog.at_level(logging.INFO):
        for _ in range(2):
            _end_connections(postgres, ledger)
            append(ledger, Entry("testa", "start"))
        assert verify(ledger).entries == 2
    assert [record.message for record in caplog.records if record.levelno > logging.INFO] == []


def _end_connections(server: Server, ledger: Ledger) -> None:
    name = ledger.engine.url.database
    ended = "SELECT pg_terminate_backend(pid, 9999) FROM pg_stat_activity WHERE datname = "
    server.say(f"{ended} '{name}'")
