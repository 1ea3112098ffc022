"""A PostgreSQL server for tests: Debian's own binaries, in a folder of its own, on loopback.

It runs as somebody without rights where the tests run as root, which PostgreSQL refuses, and waits
for its disk as a real one does, since what is tested is that nothing acknowledged is lost.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import Engine, create_engine, text

from pei_graph.settings import Settings

OWNER = "pei"
PASSWORD = "an invented word"
NAMED = "db.example"
"""The name in the server's certificate."""

CONFIGURATION = """
listen_addresses = '127.0.0.1'
unix_socket_directories = '{folder}'
port = {port}
max_connections = 60
shared_buffers = 32MB
ssl = on
ssl_cert_file = '{folder}/server.crt'
ssl_key_file = '{folder}/server.key'
restart_after_crash = on
lc_messages = 'C'
"""


def binaries() -> Path | None:
    """Return the folder of the newest server's binaries, or None where none is installed."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(found, key=lambda file: float(file.parent.parent.name), default=None)
    return newest.parent if newest else None


class Server:
    """A server with one role, ``OWNER``, that owns a new database whenever it is asked for one."""

    def __init__(self, folder: Path) -> None:
        """Choose where; nothing is there yet."""
        self.folder = folder
        self.port = _free_port()
        self._numbers = count(1)
        bin_folder = binaries()
        assert bin_folder is not None
        self._bin = bin_folder

    def make(self) -> None:
        """The server's folder is made, with a certificate and a password; nothing runs."""
        word = self.folder / "password"
        word.write_text(PASSWORD + "\n", encoding="utf-8")
        certify(self.folder)
        if os.getuid() == 0:
            for file in (self.folder, *self.folder.iterdir()):
                shutil.chown(file, _nobody().pw_uid, _nobody().pw_gid)
        self._run("initdb", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8",
                  "--username=root", "--auth-local=trust", "--auth-host=scram-sha-256",
                  f"--pgdata={self._data}")  # fmt: skip
        with (self._data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(CONFIGURATION.format(folder=self.folder, port=self.port))

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def start(self) -> None:
        """The server answers."""
        self._run("pg_ctl", "start", "--wait", f"--pgdata={self._data}",
                  f"--log={self.folder / 'log'}")  # fmt: skip

    def stop(self, mode: str = "fast") -> None:
        """The server does not run; ``immediate`` leaves its files as a crash would."""
        self._run("pg_ctl", "stop", "--wait", f"--mode={mode}", f"--pgdata={self._data}")

    def say(self, statement: str, database: str = "postgres") -> None:
        """The statement was carried out by the one who may do everything."""
        engine = self._engine(database)
        with engine.connect() as con:
            con.execute(text(statement))
        engine.dispose()

    def _engine(self, database: str) -> Engine:
        return create_engine(
            f"postgresql+pg8000://root@/{database}",
            connect_args={"unix_sock": f"{self.folder}/.s.PGSQL.{self.port}"},
            isolation_level="AUTOCOMMIT",
        )

    def database(self, extra: str = "") -> str:
        """Return the name of a new database of ``OWNER``."""
        name = f"ledger_{next(self._numbers)}"
        self.say(f"CREATE DATABASE {name} OWNER {OWNER} {extra}")
        return name

    def settings(self, database: str, **query: str) -> Settings:
        """Return settings of this server as a council would give them, small enough for a test."""
        options = "&".join(f"{name}={value}" for name, value in query.items())
        return Settings(
            graph_buffer_mb=512,
            memory_limit="500MB",
            threads=2,
            ledger_url=f"postgresql://{OWNER}@127.0.0.1:{self.port}/{database}?{options}",
            ledger_password_file=self.folder / "password",
        )

    def kill_a_writer(self) -> bool:
        """Whether a process that writes for somebody was there, and is gone without a warning."""
        query = (
            "SELECT pid FROM pg_stat_activity WHERE usename = :owner AND state <> 'idle'"
            " ORDER BY query_start LIMIT 1"
        )
        engine = self._engine("postgres")
        with engine.connect() as con:
            pid = con.execute(text(query), {"owner": OWNER}).scalar()
        engine.dispose()
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
        return pid is not None

    def _run(self, command: str, *arguments: str) -> None:
        other = {"user": _nobody().pw_uid, "group": _nobody().pw_gid, "extra_groups": []}
        subprocess.run(
            [self._bin / command, *arguments], check=True, cwd=self.folder,
            stdout=subprocess.DEVNULL, **(other if os.getuid() == 0 else {}),
        )  # fmt: skip


@contextmanager
def running() -> Iterator[Server]:
    """A server of its own while the body runs; it ends with this process, however that ends."""
    folder = Path(tempfile.mkdtemp(prefix="pei-postgres-"))
    quietly = {"stdin": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(["sh", "-c", CLEARS_UP, folder], **quietly):
        server = Server(folder)
        server.make()
        server.start()
        server.say(f"CREATE ROLE {OWNER} LOGIN PASSWORD '{PASSWORD}'")
        yield server


CLEARS_UP = """
cat
read server <"$0/data/postmaster.pid" && kill -QUIT "$server"
while kill -0 "$server"; do sleep 0.1; done
rm -rf "$0"
"""
"""Its input ends when the process that started it closes it, or is gone."""


def _nobody() -> pwd.struct_passwd:
    """Return the user whom Debian makes for the server, or the one without any rights."""
    names = {user.pw_name for user in pwd.getpwall()}
    return pwd.getpwnam("postgres" if "postgres" in names else "nobody")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def certify(folder: Path) -> None:
    """The server has a certificate in the name ``NAMED`` that vouches for itself."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", f"/CN={NAMED}", "-addext", f"subjectAltName=DNS:{NAMED}",
         "-keyout", "server.key", "-out", "server.crt"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    (folder / "server.key").chmod(0o600)
