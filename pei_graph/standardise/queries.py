"""The SQL that does not depend on a contract, in files beside this package."""

from importlib.resources import files

import duckdb


def run(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """The statements of ``sql/<name>.sql`` are executed in order."""
    con.execute((files(__package__) / "sql" / f"{name}.sql").read_text(encoding="utf-8"))
