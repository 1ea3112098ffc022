"""Connections to PostgreSQL through pg8000, which say what a server said before it went away.

In: an ``Address`` and a password. Out: a connection as SQLAlchemy wants it. Every error bears a
code: PostgreSQL's own, or one of those below.
"""

import ssl
from contextlib import suppress
from typing import Any

from pg8000.legacy import (
    Connection,
    Cursor,
    DatabaseError,
    IntegrityError,
    InterfaceError,
    ProgrammingError,
)
from scramp import ScramException

from pei_graph.ledger.address import Address
from pei_graph.ledger.wire import reach

UNREACHED, REFUSED, UNSECURED = "08001", "28000", "TLS"
"""PostgreSQL's codes for a server that is not there and for whom it does not let in; and one that
it has not, for a connection that is not secured as asked."""


def connect(to: Address, password: str) -> "Talk":
    """Return a connection, made within the address's time; after that it waits for every answer."""
    try:
        wire = reach(to)
    except ssl.SSLError as error:
        raise _failed(UNSECURED, str(error)) from error
    except (OSError, UnicodeError) as error:
        raise _failed(UNREACHED, str(error)) from error
    try:
        talk = _introduced(to, password, wire)
        wire.settimeout(None)
    except BaseException:
        wire.close()
        raise
    return talk


def _introduced(to: Address, password: str, wire: Any) -> "Talk":
    try:
        return Talk(
            to.user, password=password, database=to.url.database, sock=wire, ssl_context=False,
            application_name=to.name,
            startup_params={"client_encoding": "UTF8", "options": to.options},
        )  # fmt: skip
    except ScramException:
        # Its words are not told: they are about the password.
        raise _failed(REFUSED, "the password cannot be used") from None
    except (OSError, InterfaceError) as error:
        if code_of(error):
            raise
        code = UNREACHED if _is_lost(error) else REFUSED
        raise _failed(code, "the server broke off") from error


def _failed(code: str, words: str) -> InterfaceError:
    return InterfaceError({"C": code, "M": words})


def code_of(error: BaseException | None) -> str:
    """Return the code that an error of the driver bears, nothing where there is none."""
    told = error.args[0] if error and error.args else None
    return str(told.get("C", "")) if isinstance(told, dict) else ""


def _is_lost(error: Exception) -> bool:
    return isinstance(error, OSError) or "network error" in str(error)


class Talk(Connection):  # type: ignore[misc]  # the driver has no types
    """A connection that ends without fuss, and whose errors are those of the database's rules."""

    def cursor(self) -> "Hand":
        """Return a cursor."""
        return Hand(self)

    def close(self) -> None:
        """The connection is closed, if the server has not closed it already."""
        with suppress(InterfaceError, OSError):
            super().close()

    def handle_messages(self, context: Any) -> None:
        """The server's answer is in ``context``.

        A server that goes away may have said why: then that counts, and not only that it went.
        """
        try:
            super().handle_messages(context)
        except (OSError, InterfaceError) as error:
            if not _is_lost(error):
                raise
            if isinstance(context.error, DatabaseError):
                # SQLAlchemy knows by these words that this connection is of no use any more.
                told = {**context.error.args[0], "gone": "connection is closed"}
                raise DatabaseError(told) from error
            raise InterfaceError("network error") from error


class Hand(Cursor):  # type: ignore[misc]  # the driver has no types
    """A cursor whose errors tell a broken rule of the tables from a wrong statement."""

    def execute(self, *arguments: Any, **options: Any) -> Any:
        """The statement was carried out."""
        try:
            return super().execute(*arguments, **options)
        except ProgrammingError as error:
            if code_of(error).startswith("23"):
                raise IntegrityError(*error.args) from None
            raise
