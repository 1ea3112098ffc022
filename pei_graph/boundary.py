"""Every table at a boundary between stages is held to its specification here."""

from collections.abc import Mapping
from functools import cache

import duckdb
import numpy as np

from pei_graph.errors import TableError
from pei_graph.tables import Table


def check(
    con: duckdb.DuckDBPyConnection, *tables: Table, came: Mapping[str, str] | None = None
) -> None:
    """Every table given has its promised columns, types, filled columns and key.

    ``came`` names, by a table's name, a relation with the keys of all rows that came since the
    table was last checked: only among those can one stand twice. Raises ``TableError`` naming the
    table, the column and how many rows are wrong.
    """
    _check_columns(con, tables)
    for table, rows in zip(tables, _check_filled(con, tables), strict=True):
        if not table.key or rows <= 1:
            continue
        if came and table.name in came:
            _look_for_doubles(con, table, among=came[table.name])
        else:
            _check_key(con, table)


@cache
def _normal_type(kind: str) -> str:
    return str(duckdb.sqltype(kind))


def _check_columns(con: duckdb.DuckDBPyConnection, tables: tuple[Table, ...]) -> None:
    found: dict[str, dict[str, str]] = {}
    for table_name, column_name, data_type in con.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns()"
        " WHERE table_name IN (SELECT unnest(?)) AND schema_name = 'main'"
        " AND database_name = current_database()",
        [[table.name for table in tables]],
    ).fetchall():
        found.setdefault(table_name, {})[column_name] = data_type
    for table in tables:
        _compare_columns(table, found.get(table.name))


def _compare_columns(table: Table, found: dict[str, str] | None) -> None:
    if not found:
        raise TableError(f"Table {table.name} is missing")
    wanted = {name: _normal_type(kind) for name, kind in table.columns.items()}
    if found != wanted:
        wrong = sorted(set(found.items()) ^ set(wanted.items()))
        raise TableError(f"Table {table.name} has other columns than promised: {wrong}")


def _check_filled(con: duckdb.DuckDBPyConnection, tables: tuple[Table, ...]) -> list[int]:
    """Required columns are filled; return the rows of each table."""
    counts = " UNION ALL ".join(_count(number, table) for number, table in enumerate(tables))
    rows = []
    for number, count, empties in sorted(con.execute(counts).fetchall()):
        for name, empty in zip(_needed(tables[number]), empties, strict=True):
            if empty:
                table = tables[number].name
                raise TableError(f"Table {table}, column {name}: {empty} rows are empty")
        rows.append(int(count))
    return rows


def _needed(table: Table) -> list[str]:
    return sorted({*table.key, *table.required})


def _count(number: int, table: Table) -> str:
    """Return the statement that counts a table's rows, and those that lack each needed value."""
    empties = ", ".join(f'count(*) - count("{name}")' for name in _needed(table))
    return f'SELECT {number}, count(*), [{empties}]::BIGINT[] FROM "{table.name}"'


def _check_key(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Every key stands once.

    Keys of different hashes are different, and sorting hashes costs a third of grouping keys; only
    where two hashes are equal are the keys themselves compared.
    """
    hashes = con.sql(f'SELECT hash({_key(table)}) AS hash FROM "{table.name}"').to_arrow_table()
    ordered = np.sort(hashes["hash"].to_numpy())
    if (ordered[1:] == ordered[:-1]).any():
        _look_for_doubles(con, table, among=f'"{table.name}"')


def _look_for_doubles(con: duckdb.DuckDBPyConnection, table: Table, *, among: str) -> None:
    """No key that stands in the relation ``among`` stands twice in the table."""
    key = _key(table)
    [(keys,)] = con.execute(
        f'SELECT count(*) FROM (SELECT 1 FROM "{table.name}" SEMI JOIN {among} AS among'
        f" USING ({key}) GROUP BY {key} HAVING count(*) > 1)",
    ).fetchall()
    if keys:
        raise TableError(f"Table {table.name}: {keys} keys ({key}) stand more than once")


def _key(table: Table) -> str:
    return ", ".join(f'"{name}"' for name in table.key)
