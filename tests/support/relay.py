"""A connection that can be cut: what a network does to a run in its worst moment."""

import socket
from contextlib import suppress
from threading import Thread
from typing import Self


class Relay:
    """A port on the loopback address that passes everything on to another, until it is cut."""

    def __init__(self, to: int) -> None:
        """Pass on to the port ``to``."""
        self._to = to
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._ends: list[socket.socket] = []
        self.port: int = self._listening.getsockname()[1]

    def __enter__(self) -> Self:
        """Begin to pass on."""
        Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Cut whatever is left."""
        self.cut()

    def cut(self) -> None:
        """Every connection is gone, and no new one comes about."""
        self._listening.close()
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)  # a thread may be waiting at it
            end.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._to))
            self._ends += near, far
            for one, other in ((near, far), (far, near)):
                Thread(target=_pass_on, args=(one, other), daemon=True).start()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    try:
        while data := one.recv(1 << 16):
            other.sendall(data)
    except OSError:
        return
