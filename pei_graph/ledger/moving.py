"""Moves a ledger from the workspace's file to a server: every row as it stands, seals and all.

What the file held stays beside it under another name. Nobody can write to either meanwhile.
"""

from pathlib import Path

from sqlalchemy import Connection, Row, Table, func, insert, select

from pei_graph.errors import LedgerError, Place
from pei_graph.ledger.ledger import Ledger, marker, open_on_server
from pei_graph.ledger.making import make_tables
from pei_graph.ledger.schema import audit_head, failures, judgements, metadata, users, version
from pei_graph.ledger.sqlite import sqlite_engine
from pei_graph.ledger.store import Store
from pei_graph.settings import Settings

AT_ONCE = 500
"""Rows of one statement: each would otherwise wait for three answers of the server."""
NUMBERED = (users, failures, judgements)
"""Tables whose next row the server numbers by itself."""


def move_ledger(file: Path, chosen: Settings) -> dict[str, int]:
    """The ledger of ``file`` is on the server; return how many rows each table has there.

    A move that was cut short is finished by the next. Raises ``LedgerError`` where no server is
    named, there is nothing to move, or the server's ledger holds something else already.
    """
    if not file.exists():
        raise LedgerError(
            "There is no ledger to move", where=Place(file=str(file)), do="Check --workspace"
        )
    with open_on_server(file, chosen) as ledger:
        counts = _copy(file, ledger)
        if ledger.broken_audit_entries():
            raise LedgerError(
                "The audit trail is not whole, in the file or in its copy",
                do="See `pei verify`; the file counts until it is",
            )
    marker(file).touch()
    file.rename(file.with_suffix(".moved"))
    return counts


def _copy(file: Path, ledger: Ledger) -> dict[str, int]:
    source = Store(sqlite_engine(file), ledger.key)
    make_tables(source)
    tables = [table for table in metadata.sorted_tables if table is not version]
    with source.writing() as old, ledger.writing() as new:
        counts = {table.name: _count(old, table) for table in tables}
        there = {table.name: _count(new, table) for table in tables}
        if any(there.values()):
            _require_copied(old, new, same=there == counts)
            return counts
        for table in tables:
            _copy_rows(old, new, table)
        for table in NUMBERED:
            sequence = func.pg_get_serial_sequence(table.name, "id")
            new.execute(select(func.setval(sequence, func.max(table.c.id))))
    return counts


def _count(con: Connection, table: Table) -> int:
    return int(con.execute(select(func.count()).select_from(table)).scalar_one())


def _require_copied(old: Connection, new: Connection, *, same: bool) -> None:
    """Raise unless the server holds the copy of a move that was cut short."""
    if not same or _head(old) != _head(new):
        raise LedgerError(
            "The server's ledger holds something already", do="Name an empty database to move to"
        )


def _head(con: Connection) -> tuple[object, ...] | None:
    row: Row[tuple[object, ...]] | None = con.execute(select(audit_head)).one_or_none()
    return tuple(row) if row else None


def _copy_rows(old: Connection, new: Connection, table: Table) -> None:
    query = select(table).execution_options(yield_per=AT_ONCE)
    for rows in old.execute(query).mappings().partitions():
        new.execute(insert(table).values([dict(row) for row in rows]))
