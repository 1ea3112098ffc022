"""What is wrong with the ledger's database is said with what to do, and never with a password."""

import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from postgres_server import NAMED, PASSWORD, Server
from sqlalchemy import event

from pei_graph.errors import LedgerError
from pei_graph.ledger import Choice, Ledger, judge, open_ledger
from pei_graph.settings import Settings

PAIR = ("asp:N1", "ehm:EH1")


def _told(settings: Settings, folder: Path) -> str:
    """Return what opening the ledger says is wrong; a password stands nowhere, cause included."""
    with pytest.raises(LedgerError) as refused:
        open_ledger(folder / "ledger.sqlite", settings).close()
    assert PASSWORD not in "".join(traceback.format_exception(refused.value))
    assert refused.value.do
    return str(refused.value)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (f"postgresql://pei:{PASSWORD.replace(' ', '%20')}@127.0.0.1/x", "holds a password"),
        (f"postgresql://127.0.0.1/x?password={PASSWORD}", "holds a password"),
        ("mysql://pei@db.example/x", "not one of PostgreSQL"),
        (f"{PASSWORD}:{PASSWORD}", "cannot be read"),
        ("postgresql://pei@db.example:port/x", "cannot be read"),
    ],
)
def test_a_wrong_url_is_refused_untold(tmp_path: Path, url: str, said: str) -> None:
    """A URL that is none, names another engine or holds a password is refused and not repeated."""
    told = _told(Settings(ledger_url=url), tmp_path)
    assert said in told
    assert "db.example:port" not in told


def test_a_missing_driver_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the optional driver the error says what to install."""
    monkeypatch.setitem(sys.modules, "pg8000", None)
    told = _told(Settings(ledger_url="postgresql://pei@127.0.0.1/x"), tmp_path)
    assert "pei-graph[postgres]" in told


def test_a_server_that_does_not_run_is_told(tmp_path: Path) -> None:
    """Nobody listens: the error names the place and what to check."""
    url = "postgresql://role-certificate-ssl@127.0.0.1:9/pei"
    told = _told(Settings(ledger_url=url), tmp_path)
    assert "cannot be reached (database pei on 127.0.0.1, port 9)" in told


def test_an_unreadable_password_file_is_told(tmp_path: Path) -> None:
    """A secret that is not there is told by its file's name."""
    file = tmp_path / "nothing"
    told = _told(
        Settings(ledger_url="postgresql://pei@127.0.0.1/x", ledger_password_file=file), tmp_path
    )
    assert f"cannot be read (file {file})" in told


def _wrong_word(server: Server, folder: Path) -> Settings:
    word = folder / "word"
    word.write_text("another word\n", encoding="utf-8")
    settings = server.settings(server.database())
    return settings.model_copy(update={"ledger_password_file": word})


def _no_word(server: Server, _folder: Path) -> Settings:
    return server.settings(server.database()).model_copy(update={"ledger_password_file": None})


def _nowhere(server: Server, _folder: Path) -> Settings:
    return server.settings("nowhere")


def _few_letters(server: Server, _folder: Path) -> Settings:
    latin = "ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"
    return server.settings(server.database(latin))


def _no_right(server: Server, _folder: Path) -> Settings:
    database = server.database()
    server.say(f"ALTER DATABASE {database} OWNER TO root")
    return server.settings(database)


def _closed(server: Server, folder: Path) -> Settings:
    settings = _no_right(server, folder)
    database = settings.ledger_url.rpartition("/")[2].partition("?")[0]
    server.say(f"REVOKE CONNECT ON DATABASE {database} FROM PUBLIC")
    return settings


def _elsewhere(server: Server, _folder: Path) -> Settings:
    settings = server.settings(server.database(), hostaddr="127.0.0.1")
    url = settings.ledger_url.replace("@127.0.0.1:", f"@{NAMED}:")
    return settings.model_copy(update={"ledger_url": url})


def _other_name(server: Server, _folder: Path) -> Settings:
    root = str(server.folder / "server.crt")
    return server.settings(server.database(), sslmode="verify-full", sslrootcert=root)


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("given", "said"),
    [
        (_wrong_word, "refuses the user or the password"),
        (_no_word, "refuses the user or the password"),
        (_nowhere, "has no such database"),
        (_few_letters, "cannot hold every letter"),
        (_no_right, "may not do this"),
        (_closed, "may not do this"),
        (_elsewhere, "not secured as asked"),
        (_other_name, "not secured as asked"),
    ],
)
def test_what_a_server_refuses_is_told(
    postgres: Server, tmp_path: Path, given: Callable[[Server, Path], Settings], said: str
) -> None:
    """Each refusal is told by what it means and what to do, in words that name no user."""
    assert said in _told(given(postgres, tmp_path), tmp_path)


@pytest.mark.postgres
def test_a_server_that_proves_who_it_is_is_trusted(postgres: Server, tmp_path: Path) -> None:
    """With the right certificate the connection to another machine is verified and encrypted."""
    settings = _elsewhere(postgres, tmp_path)
    url = settings.ledger_url + f"&sslrootcert={postgres.folder / 'server.crt'}"
    query = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
    with (
        open_ledger(
            tmp_path / "ledger.sqlite", settings.model_copy(update={"ledger_url": url})
        ) as ledger,
        ledger.reading() as con,
    ):
        assert con.exec_driver_sql(query).scalar_one() is True


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("query", "name"), [({}, "pei-graph"), ({"application_name": "pages-1"}, "pages-1")]
)
def test_what_the_url_says_of_the_connection_counts(
    postgres: Server, tmp_path: Path, query: dict[str, str], name: str
) -> None:
    """The product's own choice of how to connect holds only where the URL says nothing."""
    settings = postgres.settings(postgres.database(), **query)
    with open_ledger(tmp_path / "ledger.sqlite", settings) as ledger, ledger.reading() as con:
        assert con.exec_driver_sql("SHOW application_name").scalar_one() == name


@pytest.mark.postgres
def test_what_is_acknowledged_is_on_disk(postgres: Server, tmp_path: Path) -> None:
    """A database that would confirm before its disk does is told to wait, and no more than that."""
    database = postgres.database()
    found = []
    for wanted in ("off", "remote_apply"):
        postgres.say(f"ALTER DATABASE {database} SET synchronous_commit = {wanted}")
        with (
            open_ledger(tmp_path / "ledger.sqlite", postgres.settings(database)) as ledger,
            ledger.writing() as con,
        ):
            found.append(con.exec_driver_sql("SHOW synchronous_commit").scalar_one())
    assert found == ["on", "remote_apply"]


@pytest.mark.postgres
def test_an_old_server_is_refused(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server older than the ledger needs is refused before anything is made there."""
    monkeypatch.setattr("pei_graph.ledger.postgres.LEAST_VERSION", 99)
    assert "Use 99 or later" in _told(postgres.settings(postgres.database()), tmp_path)


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("disk_full", "The disk of the ledger is full"),
        ("read_only_sql_transaction", "can only be read"),
        ("insufficient_privilege", "may not do this"),
        ("out_of_memory", "is busy"),
        ("query_canceled", "is busy"),
        ("crash_shutdown", "went away"),
    ],
)
def test_what_a_server_says_while_writing_is_told(
    postgres: Server, tmp_path: Path, condition: str, said: str
) -> None:
    """Each condition is told by what it means; nothing of the verdict is kept, or repeated."""
    settings = postgres.settings(postgres.database())
    with open_ledger(tmp_path / "ledger.sqlite", settings) as ledger:
        with ledger.engine.begin() as con:
            con.exec_driver_sql(RAISES.format(condition=condition))
            con.exec_driver_sql(AT_A_SHOWING)
        _assert_refused(ledger, said)


RAISES = (
    "CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'it failed' USING ERRCODE = '{condition}'; END $$"
)
AT_A_SHOWING = (
    "CREATE TRIGGER fails BEFORE INSERT ON showings FOR EACH ROW EXECUTE FUNCTION fails()"
)


def test_a_full_disk_is_told_and_nothing_kept_half(tmp_path: Path) -> None:
    """Where a file can grow no more the error says so, and a verdict is whole or not there."""
    with open_ledger(tmp_path / "ledger.sqlite", Settings()) as ledger:
        event.listen(
            ledger.engine,
            "connect",
            lambda connection, _: connection.execute("PRAGMA max_page_count = 1").close(),
        )
        _assert_refused(ledger, "The disk of the ledger is full")


def test_what_only_a_defect_asks_for_is_told_without_the_row(ledger: Ledger) -> None:
    """A refusal of the database itself is told by its code; neither it nor its cause has values."""
    with pytest.raises(LedgerError, match=r"IntegrityError (23514|\w+CHECK)") as refused:
        judge(ledger, PAIR, verdict=cast("Choice", "maybe"), by="testa", why=REASON)
    assert "invented reason" not in "".join(traceback.format_exception(refused.value))
    assert ledger.judgements() == []


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    """A file that is no database, or is not there to be opened, is told by its name."""
    (tmp_path / "ledger.sqlite").write_bytes(b"not a database " * 999)
    assert "The ledger's file is damaged" in _told(Settings(), tmp_path)
    (tmp_path / "folder" / "ledger.sqlite").mkdir(parents=True)
    assert "The ledger's file cannot be opened" in _told(Settings(), tmp_path / "folder")


REASON = "an invented reason " * 9_999


def _assert_refused(ledger: Ledger, said: str) -> None:
    """A verdict is refused with these words and not with its own, and leaves nothing behind."""
    with pytest.raises(LedgerError, match=said) as refused:
        judge(ledger, PAIR, verdict="same", by="testa", why=REASON)
    assert "invented reason" not in "".join(traceback.format_exception(refused.value))
    assert ledger.judgements() == []
