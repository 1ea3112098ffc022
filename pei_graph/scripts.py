"""SQL that stands in files of its own, beside the modules that run it.

A file holds one statement or several; a semicolon that ends its line ends each.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any

import duckdb

Connection = duckdb.DuckDBPyConnection


class Scripts:
    """The SQL files of one folder, by their names without the ending."""

    def __init__(self, folder: Traversable) -> None:
        """Read from ``folder``, each file once."""
        self.text = cache(lambda name: _text(folder, name))

    def run(self, con: Connection, name: str, **values: object) -> Connection:
        """Every statement of ``<name>.sql`` has run; return the connection, with the last's rows.

        Each statement takes those of the values that it names.
        """
        for statement in filter(str.strip, self.text(name).split(";\n")):
            named = {key: value for key, value in values.items() if f"${key}" in statement}
            con.execute(statement, named or None)
        return con

    def records(self, con: Connection, name: str, **values: object) -> Iterator[dict[str, Any]]:
        """Yield the rows that ``<name>.sql`` finds, by column."""
        found = self.run(con, name, **values)
        columns = [column[0] for column in found.description or ()]
        return (dict(zip(columns, row, strict=True)) for row in found.fetchall())


def _text(folder: Traversable, name: str) -> str:
    return folder.joinpath(f"{name}.sql").read_text(encoding="utf-8")
