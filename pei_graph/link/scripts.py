"""The stage's SQL scripts and data, read from beside the code."""

from collections.abc import Mapping
from importlib.resources import files

import duckdb

_HERE = files("pei_graph.link")


def read(name: str) -> str:
    """Return the text of a file of this package."""
    return _HERE.joinpath(name).read_text(encoding="utf-8")


def execute(
    con: duckdb.DuckDBPyConnection, name: str, **parameters: object
) -> duckdb.DuckDBPyConnection:
    """The script has run, with its parameters bound to the statements that name them.

    Statements are separated by a semicolon that ends its line.
    """
    for statement in read(name).split(";\n"):
        named = {key: value for key, value in parameters.items() if f"${key}" in statement}
        con.execute(statement, named or None)
    return con


def rows(
    con: duckdb.DuckDBPyConnection, name: str, parameters: Mapping[str, object] | None = None
) -> list[tuple[object, ...]]:
    """Return what the query in a file finds."""
    return con.execute(read(name), parameters).fetchall()
