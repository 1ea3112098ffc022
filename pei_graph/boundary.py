"""Every table at a boundary between stages is held to its specification here."""

import duckdb

from pei_graph.errors import TableError
from pei_graph.tables import Table


def check(con: duckdb.DuckDBPyConnection, *tables: Table) -> None:
    """Every table given has its promised columns, types, filled columns and key.

    Raises ``TableError`` naming the table, the column and how many rows are wrong.
    """
    for table in tables:
        _check_columns(con, table)
        _check_filled(con, table)
        _check_key(con, table)


def _normal_type(con: duckdb.DuckDBPyConnection, kind: str) -> str:
    row = con.execute(f"SELECT typeof(NULL::{kind})").fetchone()
    return str(row[0]) if row else kind


def _check_columns(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    found = {
        str(name): str(kind)
        for name, kind in con.execute(
            "SELECT column_name, data_type FROM duckdb_columns()"
            " WHERE table_name = ? AND schema_name = 'main' AND database_name = current_database()"
            " ORDER BY column_index",
            [table.name],
        ).fetchall()
    }
    if not found:
        raise TableError(f"Table {table.name} is missing")
    wanted = {name: _normal_type(con, kind) for name, kind in table.columns.items()}
    if found != wanted:
        wrong = sorted(set(found.items()) ^ set(wanted.items()))
        raise TableError(f"Table {table.name} has other columns than promised: {wrong}")


def _check_filled(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    needed = sorted({*table.key, *table.required})
    if not needed:
        return
    counts = ", ".join(f'count(*) - count("{name}")' for name in needed)
    row = con.execute(f'SELECT {counts} FROM "{table.name}"').fetchone() or ()
    for name, empty in zip(needed, row, strict=True):
        if empty:
            raise TableError(f"Table {table.name}, column {name}: {empty} rows are empty")


def _check_key(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    if not table.key:
        return
    key = ", ".join(f'"{name}"' for name in table.key)
    row = con.execute(
        f'SELECT count(*) FROM (SELECT 1 FROM "{table.name}" GROUP BY {key} HAVING count(*) > 1)',
    ).fetchone()
    if row and row[0]:
        raise TableError(f"Table {table.name}: {row[0]} keys ({key}) stand more than once")
