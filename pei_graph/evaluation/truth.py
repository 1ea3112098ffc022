"""Truth files, read and checked.

Persons (a file of any name): a CSV with ``record_id``, or ``source`` and ``key``, and ``person``.
Beside it may stand ``people.csv`` (``person`` and any of ``sex``, ``born``, ``tradition`` of the
name, and ``birth``, which twins share), ``families.csv`` (``person``, ``family``) and
``criteria.csv``. Other columns are left alone.
"""

from pathlib import Path

import duckdb

from pei_graph.errors import PeiError, Place
from pei_graph.evaluation.scripts import SQL

PEOPLE = ("person", "sex", "born", "tradition", "birth")
"""What a truth may say of people."""

_READ = {
    "sex": "CASE WHEN lower(trim(sex)) IN ('f', 'female') THEN 'F'"
    " WHEN lower(trim(sex)) IN ('m', 'male') THEN 'M' ELSE sex END AS sex"
}
"""Columns that are read as records have them, so that one group has not two names."""


class TruthError(PeiError):
    """A truth file cannot be used as it is."""

    exit_code = 9


def read_persons(con: duckdb.DuckDBPyConnection, file: Path) -> None:
    """The temporary table ``true_person`` (record_id, person) holds the file's rows.

    Raises ``TruthError`` where the file is missing, lacks a column, leaves a cell empty, or gives a
    record twice.
    """
    columns = _columns(con, file)
    key = "source || ':' || key" if "record_id" not in columns else "record_id"
    needed = {"record_id"} if "record_id" in columns else {"source", "key"}
    _require(columns, {*needed, "person"}, file=file)
    _load(con, file, table="true_person", columns={"record_id": key, "person": "person"})
    _refuse_twice(con, file, table="true_person", column="record_id")


def read_beside(
    con: duckdb.DuckDBPyConnection, persons: Path, *, name: str, columns: tuple[str, ...]
) -> bool:
    """Return whether a file ``name`` stands beside the persons; then ``true_<name>`` holds it.

    The table is named after the file, without its ending. Raises ``TruthError`` as above.
    """
    file = persons.with_name(name)
    if not file.exists():
        return False
    _require(_columns(con, file), set(columns), file=file)
    _load(con, file, table=f"true_{file.stem}", columns={column: column for column in columns})
    return True


def read_families(con: duckdb.DuckDBPyConnection, persons: Path) -> bool:
    """Return whether ``families.csv`` stands beside the persons; then ``true_families`` holds it.

    Raises ``TruthError`` as above and where a person stands in it twice: nobody has two homes.
    """
    if not read_beside(con, persons, name="families.csv", columns=("person", "family")):
        return False
    file = persons.with_name("families.csv")
    _refuse_twice(con, file, table="true_families", column="person")
    return True


def read_people(con: duckdb.DuckDBPyConnection, persons: Path) -> bool:
    """Return whether ``people.csv`` stands beside the persons; ``true_people`` holds it, or no row.

    Columns that the file lacks, and cells it leaves empty, are null. Raises ``TruthError`` as above
    and where a date of birth is not written YYYY-MM-DD.
    """
    con.execute(
        "CREATE OR REPLACE TEMP TABLE true_people"
        " (person VARCHAR, sex VARCHAR, born DATE, tradition VARCHAR, birth VARCHAR)"
    )
    file = persons.with_name("people.csv")
    if not file.exists():
        return False
    columns = _columns(con, file)
    _require(columns, {"person"}, file=file)
    chosen = ", ".join(_READ.get(name, name) for name in PEOPLE if name in columns)
    try:
        con.execute(f"INSERT INTO true_people BY NAME SELECT {chosen} FROM ({_SCAN})", [str(file)])
    except duckdb.Error:
        raise TruthError(
            "The truth has rows that do not fit its header, or a date not written YYYY-MM-DD",
            where=Place(file=file.name),
            do="Check quotes, commas and dates",
        ) from None
    _refuse_empty(con, file, table="true_people", column="person")
    _refuse_twice(con, file, table="true_people", column="person")
    return True


def read_criteria(con: duckdb.DuckDBPyConnection, persons: Path) -> bool:
    """Return whether ``criteria.csv`` stands beside the persons; then ``true_criteria`` holds it.

    Raises ``TruthError`` as above and where it speaks of what FAMILY_AREAS does not know: nothing
    of that could ever be found.
    """
    columns = ("subject_kind", "subject", "area", "state")
    if not read_beside(con, persons, name="criteria.csv", columns=columns):
        return False
    [(odd,)] = SQL.run(con, "unknown_criteria").fetchall()
    if odd:
        raise TruthError(
            f"{odd} rows of the truth name a kind of subject, an area or a state that is none here",
            where=Place(file="criteria.csv"),
            do="Subjects are a family or a person; areas and states are written as in the table"
            " family_areas, as `pei ask` shows it",
        )
    return True


def _columns(con: duckdb.DuckDBPyConnection, file: Path) -> set[str]:
    if not file.is_file():
        raise TruthError(f"There is no truth file {file.name}", do="Check --truth")
    try:
        rows = con.execute("DESCRIBE " + _SCAN, [str(file)]).fetchall()
    except duckdb.Error:
        raise TruthError(
            "The truth is not a CSV file with a header",
            where=Place(file=file.name),
            do="Save it as UTF-8 CSV with columns record_id (or source and key) and person",
        ) from None
    return {str(row[0]) for row in rows}


_SCAN = """
SELECT *
FROM read_csv(
    ?,
    all_varchar = true,
    header = true,
    nullstr = '',
    delim = ',',
    quote = '"',
    escape = '"'
)
"""


def _require(columns: set[str], needed: set[str], *, file: Path) -> None:
    if missing := sorted(needed - columns):
        raise TruthError(
            f"The truth lacks columns {missing}",
            where=Place(file=file.name),
            do="Give record_id (or source and key) and person; person and family for families",
        )


def _load(
    con: duckdb.DuckDBPyConnection, file: Path, *, table: str, columns: dict[str, str]
) -> None:
    chosen = ", ".join(f"{value} AS {name}" for name, value in columns.items())
    try:
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT {chosen} FROM ({_SCAN})", [str(file)]
        )
    except duckdb.Error:
        raise TruthError(
            "The truth has rows that do not fit its header",
            where=Place(file=file.name),
            do="Check quotes and commas",
        ) from None
    for name in columns:
        _refuse_empty(con, file, table=table, column=name)


def _refuse_empty(con: duckdb.DuckDBPyConnection, file: Path, *, table: str, column: str) -> None:
    [(empty,)] = con.execute(f"SELECT count(*) - count({column}) FROM {table}").fetchall()
    if empty:
        raise TruthError(
            f"{empty} rows of the truth leave a cell empty",
            where=Place(file=file.name, column=column),
            do="Fill every row or leave it out",
        )


def _refuse_twice(con: duckdb.DuckDBPyConnection, file: Path, *, table: str, column: str) -> None:
    [(rows, distinct)] = con.execute(
        f"SELECT count(*), count(DISTINCT {column}) FROM {table}"
    ).fetchall()
    if rows != distinct:
        raise TruthError(
            f"{rows - distinct} rows of the truth name one that stands before them",
            where=Place(file=file.name, column=column),
            do="Give each once",
        )
