"""A run's graph put into a Neo4j database that is not running, by Neo4j's own importer.

In: a run's tables, and the home of a Neo4j that is stopped. Out: its database, and the file that
stands for it beside the tables. Millions of relationships take a minute so, where a running server
takes ten. The importer makes no keys in this edition: whoever first opens the graph does.
"""

import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb

from pei_graph import sql
from pei_graph.contract import Contract
from pei_graph.errors import GraphError
from pei_graph.graph.projection import (
    FINDINGS,
    LINKED,
    RESOLVED,
    STANDARDISED,
    contract_sources,
    scratch,
    select,
)
from pei_graph.graph.shape import PROPERTIES, SHAPES, Node, Tie

TYPES = {
    "VARCHAR": "string", "BIGINT": "long", "INTEGER": "int", "DOUBLE": "double",
    "BOOLEAN": "boolean", "DATE": "date", "VARCHAR[]": "string[]", "BIGINT[]": "long[]",
}  # fmt: skip
"""DuckDB's types as the importer calls them."""

BETWEEN = ";"
"""Stands between the items of a list; no source, type or fact id holds it."""


def fill(
    con: duckdb.DuckDBPyConnection,
    home: Path,
    database: str,
    *,
    folder: Path,
    contracts: Mapping[str, Contract],
    note: Mapping[str, str],
) -> None:
    """The database of the Neo4j in ``home`` holds the graph of ``con``'s tables, and nothing else.

    ``folder`` is where files may be put meanwhile, ``note`` what the graph says of itself. Raises
    ``GraphError`` where the importer is not there or does not end well; what the database held
    before is then lost.
    """
    admin = home / "bin" / "neo4j-admin"
    if not admin.exists():
        raise GraphError(
            f"There is no bin/neo4j-admin in {home}",
            do="Name the folder that Neo4j is installed in",
        )
    con.register("contract_sources", contract_sources(contracts))
    with scratch(folder / "import") as files:
        given = [*_given(con, files), f"--nodes=GraphRun={_note(con, files, note)}"]
        command = [
            "/usr/bin/env", f"NEO4J_HOME={home}",
            str(admin), "database", "import", "full", database, "--overwrite-destination=true",
            # Texts hold lines; its second format for them stumbles over a carriage return.
            "--multiline-fields=true", f"--report-file={files / 'report'}", *given,
        ]  # fmt: skip
        _run(command)
    con.unregister("contract_sources")


def _run(command: list[str]) -> None:
    ended = subprocess.run(  # noqa: S603 - the importer of the Neo4j that the user names
        command, check=False, capture_output=True, text=True
    )
    if ended.returncode:
        # Its last words may quote a row.
        raise GraphError(
            f"Neo4j's importer ended with {ended.returncode}",
            do="Stop the server first; see that its disk has space; its report says no more here,"
            " because it may quote a row",
        )


def _given(con: duckdb.DuckDBPyConnection, files: Path) -> Iterator[str]:
    """Yield an option for each of the graph's tables, whose rows stand in ``files``."""
    for name in (*STANDARDISED, *LINKED, *RESOLVED, *FINDINGS):
        shape = SHAPES[name]
        file = files / f"{name}.csv"
        columns = con.execute(f"DESCRIBE ({select(name)})").fetchall()
        _write(con, file, select(name), _headed(shape, [(str(c[0]), str(c[1])) for c in columns]))
        kind = f"nodes={shape.label}" if isinstance(shape, Node) else f"relationships={shape.type}"
        yield f"--{kind}={file}"


def _headed(shape: Node | Tie, columns: list[tuple[str, str]]) -> Iterator[str]:
    """Yield SQL for each column, under the header that the importer reads it by."""
    ends = [shape] if isinstance(shape, Node) else [shape.start, shape.end]
    words = ("ID",) if isinstance(shape, Node) else ("START_ID", "END_ID")
    for place, (column, kind) in enumerate(columns):
        if place < len(ends):
            named = column if isinstance(shape, Node) else ""
            header = f"{named}:{words[place]}({ends[place].label})"
            if kind == "BIGINT" and isinstance(shape, Node):
                header = f"{named}:{words[place]}({ends[place].label}){{id-type:long}}"
        else:
            header = f"{PROPERTIES.get(column, column)}:{TYPES[kind]}"
        value = f"array_to_string({column}, '{BETWEEN}')" if kind.endswith("[]") else column
        yield f"{value} AS {sql.name(header)}"


def _write(con: duckdb.DuckDBPyConnection, file: Path, query: str, columns: Iterator[str]) -> None:
    # A text is quoted, so that an empty one is told from none.
    con.execute(
        f"COPY (SELECT {', '.join(columns)} FROM ({query}))"
        f" TO {sql.text(str(file))} (FORMAT csv, HEADER, FORCE_QUOTE *)"
    )


def _note(con: duckdb.DuckDBPyConnection, files: Path, note: Mapping[str, str]) -> Path:
    file = files / "GraphRun.csv"
    columns = ", ".join(f"? AS {sql.name(f'{name}:string')}" for name in note)
    con.execute(
        f"COPY (SELECT {columns}) TO {sql.text(str(file))} (FORMAT csv, HEADER)",
        list(note.values()),
    )
    return file
