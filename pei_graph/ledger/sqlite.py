"""The ledger in a file of the workspace: SQLite, one writer at a time, each commit on disk."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import NullPool


def sqlite_engine(file: Path) -> Engine:
    """Return an engine on ``file``, which is made at the first connection."""
    engine = create_engine(f"sqlite:///{file}", poolclass=NullPool, hide_parameters=True)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver would otherwise begin by itself, and too late
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()
    connection.execute("PRAGMA busy_timeout = 10000").close()


def _begin(con: Connection) -> None:
    writes = con.get_execution_options().get("pei_writes", False)
    con.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
