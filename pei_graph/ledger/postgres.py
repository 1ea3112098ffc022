"""The ledger on a PostgreSQL server, which keeps what SQLite promises.

One writer at a time, each commit on disk, each reader in one consistent state. In: a URL without
a password, and a file that holds it. Out: an engine that finds its way back by itself once a server
that went away has returned.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from pei_graph.errors import LedgerError, Place
from pei_graph.ledger.address import Address, address_of

LEAST_VERSION = 14
"""The oldest whose CREATE OR REPLACE TRIGGER the ledger's triggers need."""

CONNECTIONS = 16
"""More than the threads that serve pages, so that none waits for another's connection."""

_ON_DISK = (
    "SELECT set_config('synchronous_commit', 'on', false)"
    " WHERE current_setting('synchronous_commit') = 'off'"
)
"""Nothing is acknowledged before it is on disk, whatever the server's own default; one that waits
for copies too is left as it is."""

_ONE_WRITER = (
    "SET LOCAL lock_timeout = '10s';"
    " SET LOCAL idle_in_transaction_session_timeout = '60s';"
    " SELECT pg_advisory_xact_lock(5787311)"
)
"""Writers take turns, as SQLite's do: the audit's chain, the numbers of judgements and who holds
which pair follow the order of commits. A writer that stopped half-way gives its turn back."""

_ONE_STATE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
"""A reader sees one state, which SQLite's always do."""


def postgres_engine(url: str, password_file: Path | None) -> Engine:
    """Return an engine on the database of ``url``.

    Raises ``LedgerError`` for a URL that is none or holds a password, and without the driver.
    """
    address = address_of(url)
    try:
        from pei_graph.ledger.driver import connect  # noqa: PLC0415 - an extra may be absent

        engine = _engine(address)
    except ModuleNotFoundError as error:
        raise LedgerError(
            "The driver of PostgreSQL is not installed", do="Install pei-graph[postgres]"
        ) from error
    event.listen(engine, "do_connect", lambda *_: connect(address, _password(password_file)))
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _engine(address: Address) -> Engine:
    return create_engine(
        address.url.set(drivername="postgresql+pg8000"),
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=CONNECTIONS,
        pool_timeout=10,
        isolation_level="READ COMMITTED",
    )


def _password(file: Path | None) -> str:
    """Return what the file says now, so that it can be changed while a program runs."""
    if file is None:
        return ""
    try:
        return file.read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise LedgerError(
            "The file of the ledger's password cannot be read",
            where=Place(file=str(file)),
            do="Check PEI_LEDGER_PASSWORD_FILE and who may read that file",
        ) from error


def _set_up(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ON_DISK)
    connection.commit()


def _begin(con: Connection) -> None:
    options = con.get_execution_options()
    if options.get("pei_writes", False):
        con.exec_driver_sql(_ONE_WRITER)
    elif options.get("pei_reads", False):
        con.exec_driver_sql(_ONE_STATE)


def require_able(con: Connection) -> None:
    """Raise ``LedgerError`` where the server cannot keep what a ledger promises."""
    found = int(con.exec_driver_sql("SHOW server_version_num").scalar_one()) // 10_000
    if found < LEAST_VERSION:
        raise LedgerError(
            f"The ledger's server is PostgreSQL {found}", do=f"Use {LEAST_VERSION} or later"
        )
    if con.exec_driver_sql("SHOW server_encoding").scalar_one() != "UTF8":
        raise LedgerError(
            "The ledger's database cannot hold every letter",
            do="Make it anew: CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0",
        )
    if con.exec_driver_sql("SHOW fsync").scalar_one() != "on":
        raise LedgerError(
            "The ledger's server does not wait for its disk, so it may lose what it has confirmed",
            do="Set fsync = on in its configuration",
        )
