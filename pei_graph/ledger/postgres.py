"""The ledger on a PostgreSQL server, which keeps what SQLite promises.

One writer at a time, each commit on disk, each reader in one consistent state. In: a URL without
a password, and a file that holds it. Out: an engine that finds its way back by itself once a server
that went away has returned.
"""

import ipaddress
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from pei_graph.errors import LedgerError, Place

LEAST_VERSION = 14
"""The oldest whose CREATE OR REPLACE TRIGGER the ledger's triggers need."""

CONNECTIONS = 16
"""More than the threads that serve pages, so that none waits for another's connection."""

_WANTED = {
    "connect_timeout": "5",
    "tcp_user_timeout": "20000",
    "client_encoding": "utf8",
    "application_name": "pei-graph",
}
"""A server that is gone without a word is given up after seconds, not after the two hours that an
operating system waits. All of it only where the URL says nothing."""

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


def postgres_engine(url: str, password_file: Path | None) -> Engine:
    """Return an engine on the database of ``url``.

    Raises ``LedgerError`` for a URL that is none or holds a password, and without the driver.
    """
    try:
        engine = create_engine(
            _address(url),
            hide_parameters=True,
            pool_pre_ping=True,
            pool_size=CONNECTIONS,
            pool_timeout=10,
            isolation_level="READ COMMITTED",
        )
    except ModuleNotFoundError as error:
        raise LedgerError(
            "The driver of PostgreSQL is not installed", do="Install pei-graph[postgres]"
        ) from error
    event.listen(engine, "do_connect", partial(_give_password, password_file))
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _address(url: str) -> URL:
    """Return the address with the driver's name, and TLS demanded of any other machine."""
    do = "Set PEI_LEDGER_URL to something like postgresql://pei@db.example/pei"
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        # Neither the text nor its cause is told: it may hold a password.
        raise LedgerError("The ledger's URL cannot be read", do=do) from None
    if address.get_backend_name() not in {"postgresql", "postgres"}:
        raise LedgerError("The ledger's URL is not one of PostgreSQL", do=do)
    if address.password is not None or "password" in address.query:
        raise LedgerError(
            "The ledger's URL holds a password, which others may read",
            do="Write it to a file and name that in PEI_LEDGER_PASSWORD_FILE",
        )
    wanted = _WANTED if _is_here(address) else {**_WANTED, "sslmode": "verify-full"}
    unsaid = {name: value for name, value in wanted.items() if name not in address.query}
    return address.update_query_dict(unsaid).set(drivername="postgresql+psycopg")


def _is_here(address: URL) -> bool:
    """Return whether the server is on this machine, so that nobody can listen on the way."""
    host = str(address.query.get("host") or address.host or "")
    if host in {"", "localhost"} or host.startswith("/"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _give_password(
    file: Path | None, _dialect: object, _record: object, _args: object, given: dict[str, Any]
) -> None:
    """A new connection is asked for with what the file says now, so that it can be changed."""
    if file is None:
        return
    try:
        given["password"] = file.read_text(encoding="utf-8").strip("\r\n")
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
    if con.get_execution_options().get("pei_writes", False):
        con.exec_driver_sql(_ONE_WRITER)


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
