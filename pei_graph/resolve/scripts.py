"""The stage's longer SQL stands in files of its own beside the modules that run it."""

from importlib.resources import files

import duckdb


def read(script: str) -> str:
    """Return the text of ``<script>.sql``."""
    return files(__package__).joinpath(f"{script}.sql").read_text(encoding="utf-8")


def run(con: duckdb.DuckDBPyConnection, script: str, **values: object) -> None:
    """The one statement in ``<script>.sql`` has run with ``values`` as its named parameters."""
    con.execute(read(script), values)


def run_all(con: duckdb.DuckDBPyConnection, script: str) -> None:
    """Every statement in ``<script>.sql`` has run; a semicolon that ends its line ends each."""
    for statement in read(script).split(";\n"):
        con.execute(statement)
