"""The SQL files of the package by name."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb

Rows = list[tuple[Any, ...]]


@cache
def read(name: str) -> str:
    """Return the text of ``<name>.sql``."""
    return (files(__package__) / f"{name}.sql").read_text(encoding="utf-8")


def rows(
    con: duckdb.DuckDBPyConnection, name: str, values: Mapping[str, object] | None = None
) -> Rows:
    """Return the rows of ``<name>.sql``."""
    return con.execute(read(name), dict(values or {})).fetchall()
