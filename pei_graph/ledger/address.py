"""Where the ledger's server is and how it must prove itself, read from a URL.

In: the text of ``PEI_LEDGER_URL``. Out: an ``Address``. The words of the URL's query are those that
PostgreSQL's own programs know; one that is not understood here is refused and never passed over.
"""

import getpass
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from pei_graph.errors import LedgerError

EXAMPLE = "Set PEI_LEDGER_URL to something like postgresql://pei@db.example/pei"
SOCKETS = "/var/run/postgresql"
"""Where a server on this machine listens if the URL names none."""

MODES = ("disable", "prefer", "require", "verify-full")
"""How a connection is secured: not; where the server can; always; and to nobody but the server."""

UNSAID = {
    "connect_timeout": "5",
    "tcp_user_timeout": "20000",
    "application_name": "pei-graph",
    "options": "",
    "sslrootcert": "",
    "hostaddr": "",
}
"""What holds where the URL says nothing. A server that is gone without a word is given up after
seconds, not after the two hours that an operating system waits."""

KNOWN = {*UNSAID, "host", "port", "sslmode"}


@dataclass(frozen=True, slots=True)
class Address:
    """A database on a server; ``host`` is a name or, beginning with ``/``, a folder of sockets.

    ``seconds`` is how long a connection may take to come about, without end at 0;
    ``milliseconds`` how long what was sent may go unanswered by the server's machine.
    """

    url: URL
    host: str
    number: str
    port: int
    user: str
    mode: str
    authority: str
    seconds: int
    milliseconds: int
    name: str
    options: str


def address_of(url: str) -> Address:
    """Return what ``url`` says, and of a server on another machine that it must prove itself.

    Raises ``LedgerError``, without repeating the URL, for one that is none or holds a password.
    """
    read = _read(url)
    said = _said(read)
    host = said.get("host") or read.host or said["hostaddr"] or SOCKETS
    mode = said.get("sslmode", "prefer" if _is_here(host, said["hostaddr"]) else "verify-full")
    if mode not in MODES:
        raise LedgerError(
            "The ledger's URL asks for an unknown sslmode", do=f"Use one of {', '.join(MODES)}"
        )
    try:
        return Address(
            url=read,
            host=host,
            number=said["hostaddr"],
            port=_number(said.get("port") or read.port or 5432, 65_535),
            user=read.username or getpass.getuser(),
            mode=mode,
            authority=said["sslrootcert"],
            seconds=_number(said["connect_timeout"], 86_400),
            milliseconds=_number(said["tcp_user_timeout"], 86_400_000),
            name=said["application_name"],
            options=said["options"],
        )
    except (ValueError, KeyError, OSError):  # no number, or nobody to be where no user is named
        raise LedgerError("The ledger's URL cannot be read", do=EXAMPLE) from None


def _number(text: str | int, most: int) -> int:
    number = int(text)
    if not 0 <= number <= most:
        raise ValueError
    return number


def _read(url: str) -> URL:
    try:
        read = make_url(url)
    except (ArgumentError, ValueError):
        # Neither the text nor its cause is told: it may hold a password.
        raise LedgerError("The ledger's URL cannot be read", do=EXAMPLE) from None
    if read.get_backend_name() not in {"postgresql", "postgres"}:
        raise LedgerError("The ledger's URL is not one of PostgreSQL", do=EXAMPLE)
    if read.password is not None or "password" in read.query:
        raise LedgerError(
            "The ledger's URL holds a password, which others may read",
            do="Write it to a file and name that in PEI_LEDGER_PASSWORD_FILE",
        )
    return read


def _said(read: URL) -> Mapping[str, str]:
    """Return the query's words, each said once, with those that hold where nothing is said."""
    if unknown := ", ".join(sorted(read.query.keys() - KNOWN)):
        raise LedgerError(
            f"The ledger's URL asks for what is not understood: {unknown}",
            do=f"Leave it out; what is understood is {', '.join(sorted(KNOWN))}",
        )
    said = {name: value for name, value in read.query.items() if isinstance(value, str)}
    if len(said) < len(read.query) or "," in said.get("host", read.host or ""):
        raise LedgerError("The ledger's URL says something twice", do="Name one server in it")
    return {**UNSAID, **said}


def _is_here(*hosts: str) -> bool:
    """Return whether the server is on this machine, so that nobody can listen on the way."""
    return all(
        host in {"", "localhost"} or host.startswith("/") or _is_loopback(host) for host in hosts
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
