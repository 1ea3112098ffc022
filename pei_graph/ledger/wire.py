"""The way to the ledger's server: a socket, secured as asked before anything else is said.

In: an ``Address``. Out: a connected socket. A server that proves itself to nobody's satisfaction is
told by ``ssl.SSLError``, one that does not answer by another ``OSError``.
"""

import socket
import ssl
import struct
from contextlib import suppress

from pei_graph.ledger.address import Address

SECURE = struct.pack("!ii", 8, 80877103)
"""How a client of PostgreSQL asks whether the server speaks TLS; one letter is the answer."""


def reach(to: Address) -> socket.socket:
    """Return a connected socket; what is sent through it is secured as ``to`` asks."""
    if to.host.startswith("/"):
        return _on_this_machine(to)
    plain = socket.create_connection((to.number or to.host, to.port), to.seconds or None)
    try:
        _mind_silence(plain, to.milliseconds)
        return plain if to.mode == "disable" else _secured(plain, to)
    except BaseException:
        plain.close()
        raise


def _on_this_machine(to: Address) -> socket.socket:
    plain = socket.socket(socket.AF_UNIX)
    try:
        plain.settimeout(to.seconds or None)
        plain.connect(f"{to.host}/.s.PGSQL.{to.port}")
    except BaseException:
        plain.close()
        raise
    return plain


def _mind_silence(plain: socket.socket, milliseconds: int) -> None:
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    with suppress(AttributeError):  # not every operating system can be told
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)


def _secured(plain: socket.socket, to: Address) -> socket.socket:
    plain.sendall(SECURE)
    answer = plain.recv(1)
    if answer == b"S":
        return _trust(to).wrap_socket(plain, server_hostname=to.host)
    if answer != b"N":
        raise ConnectionError("the server does not answer whether it can secure a connection")
    if to.mode != "prefer":
        raise ssl.SSLError("the server cannot secure a connection")
    return plain


def _trust(to: Address) -> ssl.SSLContext:
    """Return whom a connection trusts: who the URL names, who this machine trusts, or anybody."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = to.mode == "verify-full"
    if to.mode != "verify-full" and not to.authority:
        context.verify_mode = ssl.CERT_NONE
    elif to.authority in {"", "system"}:
        context.load_default_certs()
    else:
        try:
            context.load_verify_locations(to.authority)
        except OSError as error:
            raise ssl.SSLError("the file of sslrootcert cannot be read") from error
    return context
