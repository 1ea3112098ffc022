"""Both graph engines for one test: a file, or a Neo4j server started from its jars for the test.

The jars come from Maven Central by ``make neo4j``; the server listens on the loopback address only
and ends with the test.
"""

import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pei_graph.errors import GraphError
from pei_graph.graph.neo4j import Server
from pei_graph.settings import Settings

JARS = Path(__file__).parents[2] / ".tools" / "neo4j"
GRAPH_ENGINES = ["ladybug", pytest.param("neo4j", marks=pytest.mark.neo4j)]
SECONDS_TO_START = 120
OPENS = [
    f"--add-opens=java.base/{package}=ALL-UNNAMED"
    for package in ("java.nio", "java.io", "sun.nio.ch")
]
CONFIGURED = """
server.bolt.listen_address=127.0.0.1:{port}
server.default_listen_address=127.0.0.1
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size={pages}
db.tx_log.rotation.retention_policy=keep_none
dbms.usage_report.enabled=false
{more}
"""

SHORT_LIVED = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Of the compiler's steps the first alone, and one thread that collects what is no longer used: a
test's Java is gone before more of either pays."""

ADMIN = """#!/bin/sh
exec java {opens} -cp '{jars}/*' org.neo4j.server.startup.Neo4jAdminCommand "$@"
"""


def neo4j_found() -> bool:
    """Return whether there is all that a server needs."""
    return shutil.which("java") is not None and any(JARS.glob("neo4j-5*.jar"))


def may_mount() -> bool:
    """Return whether a small disk can be mounted here."""
    asked = ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return (
        bool(shutil.which("unshare"))
        and not subprocess.run(asked, check=False, capture_output=True).returncode
    )


@dataclass
class Neo4j:
    """A server of a test's own."""

    home: Path
    port: int
    password: Path
    heap: str = "512m"
    java: tuple[str, ...] = SHORT_LIVED
    process: subprocess.Popen[bytes] | None = None
    authority: Path | None = None
    """The certificate of who vouches for a server that answers nobody without TLS."""

    @property
    def settings(self) -> dict[str, Any]:
        """Return the settings by which the product finds the server."""
        return {
            "graph_url": f"bolt://127.0.0.1:{self.port}",
            "graph_password_file": self.password,
            "graph_certificate": self.authority,
        }

    def start(self) -> None:
        """The server runs and answers."""
        with (self.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    "java", *OPENS, f"-Xmx{self.heap}", *self.java, "-cp", f"{JARS}/*",
                    "org.neo4j.server.CommunityEntryPoint",
                    f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}",
                ],
                stdout=log, stderr=log,
            )  # fmt: skip
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                Server(Settings(**self.settings)).close()
            except GraphError as error:
                if time.monotonic() > until:
                    raise RuntimeError((self.home / "server.log").read_text()) from error
                time.sleep(0.5)
            else:
                return

    def kill(self) -> None:
        """The server is gone, without a moment to tidy up."""
        assert self.process
        self.process.kill()
        self.process.wait()


def neo4j_installed(home: Path, more: str = "", pages: str = "64m") -> Neo4j:
    """Return a Neo4j installed in ``home`` that does not run yet."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (home / "conf").mkdir(parents=True)
    (home / "conf" / "neo4j.conf").write_text(CONFIGURED.format(port=port, more=more, pages=pages))
    password = home / "password"
    password.write_text(secrets.token_hex(8))
    admin = home / "bin" / "neo4j-admin"
    admin.parent.mkdir()
    admin.write_text(ADMIN.format(opens=" ".join(OPENS), jars=JARS))
    admin.chmod(0o755)
    subprocess.run(
        [admin, "dbms", "set-initial-password", password.read_text()],
        env={**os.environ, "NEO4J_HOME": str(home), "JAVA_TOOL_OPTIONS": " ".join(SHORT_LIVED)},
        check=True, capture_output=True,
    )  # fmt: skip
    return Neo4j(home, port, password)


@contextmanager
def neo4j_server(home: Path, more: str = "", *, authority: Path | None = None) -> Iterator[Neo4j]:
    """Give a server with its data in ``home``; it ends with the body."""
    server = neo4j_installed(home, more)
    server.authority = authority
    server.start()
    try:
        yield server
    finally:
        server.kill()


@contextmanager
def graph_engine(name: str, folder: Path) -> Iterator[dict[str, Any]]:
    """Give the settings that name an engine, which runs within the body."""
    if name == "ladybug":
        yield {}
        return
    with neo4j_server(folder / "neo4j") as server:
        yield server.settings
