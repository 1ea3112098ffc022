"""The precious store's database, whichever it is: who writes, who reads, and the key."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine

from pei_graph.ledger.trouble import told_plainly


@dataclass(frozen=True, slots=True)
class Store:
    """The database of the ledger, with the key that seals its audit trail."""

    engine: Engine
    key: bytes

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose writes are committed together, one writer at a time.

        Raises ``LedgerError`` where the database cannot be reached or cannot keep them.
        """
        with self._begun(pei_writes=True) as con:
            yield con

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one consistent state.

        Raises ``LedgerError`` where the database cannot be reached.
        """
        with self._begun(pei_reads=True) as con:
            yield con

    @contextmanager
    def _begun(self, **options: bool) -> Iterator[Connection]:
        with (
            told_plainly(self.engine.url),
            self.engine.connect().execution_options(**options) as con,
            con.begin(),
        ):
            yield con

    def digest(self, *parts: str) -> str:
        """Return the keyed digest of ``parts``, in hexadecimal."""
        message = "\x1f".join(parts).encode()
        return hmac.new(self.key, message, hashlib.sha256).hexdigest()


def now() -> str:
    """Return the present in UTC as the ledger writes it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


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
