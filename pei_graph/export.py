"""A run's persons, families, findings or links as one file for Excel, Power BI or a script.

CSV is for people, so cells that a spreadsheet would run as a formula are made harmless, and a mark
before the first column's name tells Excel that the file is UTF-8; Parquet and JSON stay exact.
Links have the shape of a linking table: an id, each side's system, id, forename, surname and date
of birth, the score, and whether it is a match.
"""

from importlib.resources import files
from pathlib import Path
from typing import Literal

import duckdb

from pei_graph import sql
from pei_graph.errors import PeiError
from pei_graph.scripts import Scripts
from pei_graph.writing import BOM, FORMULA, written

_SQL = Scripts(files(__package__).joinpath("exports"))
Subject = Literal["persons", "families", "findings", "links"]
SUBJECTS: tuple[Subject, ...] = ("persons", "families", "findings", "links")
FORMATS = {
    ".csv": "FORMAT csv", ".parquet": "FORMAT parquet", ".json": "FORMAT json, ARRAY true",
}  # fmt: skip
"""How a file is written, by its ending. JSON is one array: what reads JSON reads that."""


class ExportError(PeiError):
    """The file asked for cannot be written."""

    exit_code = 10


def export(con: duckdb.DuckDBPyConnection, subject: Subject, file: Path) -> int:
    """The subject's rows stand in ``file``; return how many.

    The ending of ``file`` says the format. Sealed persons are left out, with all of their records,
    and families with one. Raises ``ExportError`` for an unknown ending or a file that cannot be
    written.
    """
    form = FORMATS.get(file.suffix.lower())
    if form is None:
        raise ExportError(
            f"The ending {file.suffix or '(none)'} says no format",
            do="End in .csv, .parquet, .json",
        )
    con.execute(_SQL.text("hidden_family"))
    relation = con.sql(_SQL.text(subject))
    if file.suffix.lower() == ".csv":
        relation = _harmless(relation)
    with written(file, ExportError):
        con.execute(f"COPY (SELECT * FROM relation) TO {sql.text(str(file))} ({form})")
    row = con.execute("SELECT count(*) FROM relation").fetchone()
    return int(row[0]) if row else 0


def _harmless(relation: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    def cell(column: str, kind: object) -> str:
        quoted = sql.name(column)
        if str(kind) != "VARCHAR":
            return quoted
        return (
            f"CASE WHEN regexp_matches({quoted}, {sql.text(FORMULA)})"
            f" THEN '''' || {quoted} ELSE {quoted} END AS {quoted}"
        )

    cells = relation.project(", ".join(map(cell, relation.columns, relation.types)))
    first, *others = map(sql.name, relation.columns)
    return cells.project(", ".join([f"{first} AS {sql.name(BOM + relation.columns[0])}", *others]))
