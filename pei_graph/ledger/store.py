"""The precious store's database: SQLite in the workspace by default, PostgreSQL by its URL."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from pei_graph.ledger.schema import metadata


@dataclass(frozen=True, slots=True)
class Store:
    """The database of the ledger, with the key that seals its audit trail."""

    engine: Engine
    key: bytes

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose writes are committed together, one writer at a time."""
        with self.engine.connect().execution_options(pei_writes=True) as con, con.begin():
            yield con

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one consistent state."""
        with self.engine.connect() as con, con.begin():
            yield con

    def digest(self, *parts: str) -> str:
        """Return the keyed digest of ``parts``, in hexadecimal."""
        message = "\x1f".join(parts).encode()
        return hmac.new(self.key, message, hashlib.sha256).hexdigest()


def now() -> str:
    """Return the present in UTC as the ledger writes it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def open_engine(url: str) -> Engine:
    """Return an engine on a ledger's database, its tables and triggers made where they lack."""
    engine = _engine(url)
    metadata.create_all(engine)
    return engine


def secret_file(file: Path) -> bytes:
    """Return the 32 random bytes in ``file``, made for its owner alone where it does not exist."""
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    if not file.exists():
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as new:
            new.write(secrets.token_bytes(32))
        with suppress(FileExistsError):  # another process made it first: theirs counts
            os.link(beside, file)
        beside.unlink()
    return file.read_bytes()


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url)
    engine = create_engine(url, poolclass=NullPool)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver would otherwise begin by itself, and too late
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()
    connection.execute("PRAGMA busy_timeout = 10000").close()


def _begin_sqlite(con: Connection) -> None:
    writes = con.get_execution_options().get("pei_writes", False)
    con.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
