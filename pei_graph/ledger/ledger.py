"""Opens the ledger, wherever it is, and answers what the pipeline asks of it."""

from pathlib import Path
from typing import Self

from sqlalchemy import Engine, select

from pei_graph.errors import LedgerError, Place
from pei_graph.ledger.audit import verify
from pei_graph.ledger.judgements import Judgement, standing
from pei_graph.ledger.making import make_tables
from pei_graph.ledger.postgres import postgres_engine, require_able
from pei_graph.ledger.schema import audit_head
from pei_graph.ledger.sqlite import sqlite_engine
from pei_graph.ledger.store import Store, secret_file
from pei_graph.settings import Settings, settings


class Ledger(Store):
    """The store of judgements, users and the audit trail; closed at the end of a ``with``."""

    def __enter__(self) -> Self:
        """Return the ledger."""
        return self

    def __exit__(self, *_: object) -> None:
        """Every connection is closed."""
        self.close()

    def close(self) -> None:
        """Every connection is closed."""
        self.engine.dispose()

    def judgements(self) -> list[Judgement]:
        """Return the newest judgement on each pair that was not withdrawn, by pair."""
        return standing(self)

    def broken_audit_entries(self) -> list[str]:
        """Return what is wrong with the audit trail, nothing where it is whole."""
        return list(verify(self).problems)

    def answers(self) -> None:
        """The database answers; raises ``LedgerError`` where it does not."""
        with self.reading() as con:
            con.execute(select(1))


def open_ledger(file: Path, chosen: Settings | None = None) -> Ledger:
    """Return the ledger of a workspace, its tables made where they lack.

    It is in ``file``, unless the settings (this process's, or those ``chosen``) name a database on
    a server that several processes share. Either way the key is a file beside ``file`` that only
    its owner can read: keep a copy of it elsewhere, because the audit trail cannot be verified
    without it. Raises ``LedgerError`` where the ledger cannot be used.
    """
    given = chosen or settings()
    file.parent.mkdir(parents=True, exist_ok=True)
    if not given.ledger_url:
        _require_here(file)
        return _opened(sqlite_engine(file), file)
    if file.exists() and not marker(file).exists():
        raise LedgerError(
            "This workspace has a ledger of its own, which the server's knows nothing of",
            where=Place(file=str(file)),
            do="Copy it to the server with `pei move-ledger`",
        )
    ledger = open_on_server(file, given)
    marker(file).touch()
    return ledger


def open_on_server(file: Path, given: Settings) -> Ledger:
    """Return the ledger in the database that the settings name; its key stands beside ``file``."""
    if not given.ledger_url:
        raise LedgerError("No server is named", do="Set PEI_LEDGER_URL")
    return _opened(postgres_engine(given.ledger_url, given.ledger_password_file), file)


def marker(file: Path) -> Path:
    """Return the file that says that a workspace's ledger is on a server."""
    return file.with_suffix(".server")


def _require_here(file: Path) -> None:
    """Raise where a command would begin a new ledger because it was not told of the server."""
    if marker(file).exists():
        raise LedgerError(
            "The ledger of this workspace is on a server",
            where=Place(file=str(marker(file))),
            do="Set PEI_LEDGER_URL; remove that file only to begin a ledger without judgements",
        )


def _opened(engine: Engine, file: Path) -> Ledger:
    """Return the ledger of an engine with its key; no connection is left where there is none."""
    try:
        return Ledger(engine, _ready(Store(engine, b""), file.with_suffix(".key")))
    except BaseException:
        engine.dispose()
        raise


def _ready(store: Store, key: Path) -> bytes:
    """The tables are there; return the key, made where nothing was sealed with another."""
    if store.engine.dialect.name == "postgresql":
        with store.reading() as con:
            require_able(con)
    make_tables(store)
    with store.reading() as con:
        sealed = con.execute(select(audit_head.c.id)).first() is not None
    if sealed and not key.exists():
        raise LedgerError(
            "The key that seals the ledger's audit trail is missing",
            where=Place(file=str(key)),
            do="Put your copy of it back. If there is none, 32 random bytes make a new one, with"
            " which the trail up to now cannot be verified",
        )
    return secret_file(key)
