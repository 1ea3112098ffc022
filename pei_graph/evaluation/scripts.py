"""The package's SQL, read from beside the code."""

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import duckdb

_HERE = files("pei_graph.evaluation").joinpath("sql")


def run(con: duckdb.DuckDBPyConnection, name: str, **values: object) -> duckdb.DuckDBPyConnection:
    """The statements of ``name.sql`` have run, in order; return the connection, with rows.

    They are parted by a semicolon that ends its line; each takes the values it names.
    """
    for statement in _HERE.joinpath(f"{name}.sql").read_text(encoding="utf-8").split(";\n"):
        named = {key: value for key, value in values.items() if f"${key}" in statement}
        con.execute(statement, named or None)
    return con


def rows(con: duckdb.DuckDBPyConnection, name: str, **values: object) -> Iterator[dict[str, Any]]:
    """Yield the rows that ``name.sql`` finds, by column."""
    found = run(con, name, **values)
    columns = [column[0] for column in found.description or ()]
    return (dict(zip(columns, row, strict=True)) for row in found.fetchall())
