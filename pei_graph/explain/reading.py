"""Questions to a run's tables, by name, and the error where what is asked about is not there.

A connection may see the tables themselves or views that hide what its reader may not see: nothing
here names a database, so each explanation is made of what the connection shows and no more.
"""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import duckdb

from pei_graph.errors import PeiError
from pei_graph.scripts import Scripts

Row = dict[str, Any]
Connection = duckdb.DuckDBPyConnection

FEW = 2
"""Records that are asked about by name; a pair, or one."""

_SQL = Scripts(files(__package__).joinpath("sql"))

_STATEMENTS: dict[str, duckdb.Statement] = {}
"""Each query that was asked: those of this package, and two more for every model read."""


class NothingToExplain(PeiError):  # noqa: N818  # reads as what is true
    """The id asked about is not in the current run."""

    exit_code = 9


def ask(con: Connection, question: str, **parameters: object) -> list[Row]:
    """Return the rows of ``sql/<question>.sql`` as dictionaries."""
    return run(con, *_few(_SQL.text(question), parameters))


def _few(query: str, parameters: dict[str, object]) -> tuple[str, dict[str, object]]:
    """Return the question with a short list of records as values of their own.

    An index answers those at once; a longer list is joined, which costs more to plan.
    """
    records = parameters.get("records")
    if not isinstance(records, list) or len(records) > FEW:
        return query, parameters
    named = {f"record_{at}": record for at, record in enumerate(records)}
    marks = ", ".join(f"${name}" for name in named)
    rest = {name: value for name, value in parameters.items() if name != "records"}
    return query.replace("SELECT unnest($records)", marks), {**rest, **named}


def run(con: Connection, query: str, parameters: Mapping[str, object]) -> list[Row]:
    """Return the rows of a query as dictionaries."""
    answer = con.execute(_parsed(con, query), parameters or None)
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _parsed(con: Connection, query: str) -> duckdb.Statement:
    """Return a query as DuckDB understands it, which takes it longer than to answer.

    The statement is no connection's own, and stays the same: it is understood once in a process.
    """
    if query not in _STATEMENTS:
        [_STATEMENTS[query]] = con.extract_statements(query)
    return _STATEMENTS[query]


def gather(con: Connection, records: Sequence[str]) -> None:
    """The temporary table ``asked`` holds these records as the model compares them."""
    ask(con, "asked", records=list(records))


def ask_as_written(con: Connection, question: str) -> list[Row]:
    """Return the rows of ``sql/<question>.sql`` as :func:`run_as_written` does."""
    return run_as_written(con, _SQL.text(question), {})


def run_as_written(con: Connection, query: str, parameters: Mapping[str, object]) -> list[Row]:
    """Return the rows of a query over very few rows, which takes longer to plan than to run."""
    con.execute("PRAGMA disable_optimizer")
    try:
        return run(con, query, parameters)
    finally:
        con.execute("PRAGMA enable_optimizer")


def persons_of(con: Connection, *records: str) -> dict[str, str]:
    """Return the person of each record. Raises ``NothingToExplain`` where one is not there."""
    rows = ask(con, "persons", records=list(records))
    found = {row["record_id"]: str(row["person_id"]) for row in rows if row["state"] == "accepted"}
    if len(found) < len(set(records)):
        raise NothingToExplain(
            "There is no such record in the current run",
            do="A record id is source:key, as the person page shows it",
        )
    return found


def living(con: Connection, person_id: str) -> str:
    """Return the id itself while it is used, or the one that carries it on in the current run."""
    seen = {person_id}
    while heirs := ask(con, "heir", id=person_id):
        heir = heirs[0]["heir"]
        if heir is None or heir in seen:
            return person_id
        person_id = heir
        seen.add(heir)
    return person_id


def records_of(con: Connection, person_id: str) -> list[str]:
    """Return the records that make up a person; raises ``NothingToExplain`` where there is none."""
    rows = ask(con, "members", person=person_id)
    found = [str(row["record_id"]) for row in rows if row["state"] == "accepted"]
    if not found:
        raise NothingToExplain(
            f"There is no person {person_id} in the current run", do="Search for the person again"
        )
    return found
