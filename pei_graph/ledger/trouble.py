"""What a database's errors mean, in words that say what to do; the same for both databases.

In: an error of SQLAlchemy. Out: a ``LedgerError`` that says whether the database, the network, the
disk or a defect of the product is to blame.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from pei_graph.errors import LedgerError


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happened to the ledger, and what to do."""

    what: str
    do: str


AGAIN = "Wait until the server answers, and look whether the last change was kept before repeating"
BUSY = Trouble("The ledger is busy", "Try again in a minute")
FULL = Trouble("The disk of the ledger is full", "Make room there; nothing was kept half")
AWAY = Trouble("The ledger's server went away", AGAIN)
STARTING = Trouble("The ledger's server is starting or stopping", AGAIN)
REFUSED = Trouble(
    "The ledger's server refuses the user or the password",
    "Check PEI_LEDGER_URL and what the file of PEI_LEDGER_PASSWORD_FILE says",
)
NO_DATABASE = Trouble("The ledger's server has no such database", "Make it: createdb -O USER NAME")
NO_RIGHT = Trouble(
    "The ledger's user may not do this in its database",
    "Make the user the owner of the database, or grant it the right",
)
READ_ONLY = Trouble(
    "The ledger can only be read", "Use the server, or the file, that is written to"
)
UNTRUSTED = Trouble(
    "The connection to the ledger's server is not secured as asked",
    "Add sslmode=verify-full and sslrootcert=FILE to PEI_LEDGER_URL, with the certificate of who"
    " vouches for the server, and use the server's name that stands in its certificate;"
    " sslmode=disable is for a network that nobody else is on",
)
ABSENT = Trouble(
    "The ledger's server cannot be reached",
    "Check that it runs and that PEI_LEDGER_URL names its host and port",
)
DAMAGED = Trouble("The ledger's file is damaged", "Put back the last good copy of it")
UNREADABLE = Trouble("The ledger's file cannot be opened", "Check who may read and write there")

CODES = {
    "53100": FULL, "53": BUSY, "55P03": BUSY, "57014": BUSY, "40": BUSY,
    "57": AWAY, "57P03": STARTING, "08": AWAY, "08001": ABSENT, "25P03": AWAY, "42501": NO_RIGHT,
    "25006": READ_ONLY, "28": REFUSED, "3D000": NO_DATABASE, "TLS": UNTRUSTED,
    "SQLITE_FULL": FULL, "SQLITE_BUSY": BUSY, "SQLITE_LOCKED": BUSY, "SQLITE_READONLY": READ_ONLY,
    "SQLITE_NOTADB": DAMAGED, "SQLITE_CORRUPT": DAMAGED, "SQLITE_CANTOPEN": UNREADABLE,
    "SQLITE_IOERR": UNREADABLE, "SQLITE_PERM": UNREADABLE,
}  # fmt: skip
"""What a code means, or every code that begins so; the longest that fits counts."""


@contextmanager
def told_plainly(url: URL) -> Iterator[None]:
    """Errors of the ledger's database leave the body as ``LedgerError``.

    Where the database refuses what only a defect could ask for, its words are left out: they may
    quote the row.
    """
    try:
        yield
    except SQLAlchemyError as error:
        if trouble := _trouble(error):
            raise LedgerError(f"{trouble.what} ({_name(url)})", do=trouble.do) from error
        kind = f"{type(error).__name__} {_code(error)}".strip()
        raise LedgerError(
            f"The ledger's database refused what was asked of it ({kind})",
            do="Nothing was kept. Tell who looks after PEI Graph: this should not happen",
        ) from None


def _code(error: SQLAlchemyError) -> str:
    """Return PostgreSQL's or SQLite's code of an error, nothing where there is none."""
    cause = getattr(error, "orig", None)
    told = cause.args[0] if cause and cause.args else None
    known = told.get("C", "") if isinstance(told, dict) else ""
    return str(known or getattr(cause, "sqlite_errorname", ""))


def _trouble(error: SQLAlchemyError) -> Trouble | None:
    if isinstance(error, PoolTimeout):
        return BUSY
    if not isinstance(error, DBAPIError):
        return None
    code = _code(error)
    fitting = [known for known in CODES if code.startswith(known)]
    if fitting:
        return CODES[max(fitting, key=len)]
    return AWAY if error.connection_invalidated else None


def _name(url: URL) -> str:
    """Return the database's name and place; never who asks, nor with which password."""
    if url.get_backend_name() == "sqlite":
        return f"file {url.database}"
    host = url.query.get("host") or url.host or "this machine"
    return f"database {url.database} on {host}" + (f", port {url.port}" if url.port else "")
