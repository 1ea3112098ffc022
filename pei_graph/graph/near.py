"""A small graph of the people whom a difference concerns, so that they alone can be asked of.

In: what differs between two runs' graphs, and this run's tables. Out: the persons whom any of it
concerns, and a graph file with them, what they are involved in and the records that are or may be
theirs, as the whole graph holds them. What is made of those alone is, for everybody else, what it
was in the last run.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pei_graph.graph.changes import Changes
from pei_graph.graph.loader import loader
from pei_graph.graph.narrowed import TOLD
from pei_graph.graph.projection import check_counts, copying, schema, scratch, select, written
from pei_graph.graph.reading import LadybugStore
from pei_graph.graph.store import GraphStore
from pei_graph.settings import Settings
from pei_graph.workspace import in_memory, looking_in

PERSONS = "near_person"
"""The temporary table (person_id) of the persons whom a difference concerns."""

MANY = 0.15
"""Share of all persons from which a small graph of them costs what it spares."""

OWN = ("Person", "Involvement", "Record", "INVOLVED_IN", "CANDIDATE_FOR")
"""What the small graph holds."""

_PART = "near"

_CONCERNED = {
    "Person": "FROM {told}",
    "INVOLVED_IN": "SELECT person_id FROM {told}",
    "CANDIDATE_FOR": "SELECT person_id FROM {told}",
    "Record": "SELECT person_id FROM members SEMI JOIN {told} USING (record_id)",
    "Involvement": "SELECT person_id FROM members WHERE record_id IN"
    " (SELECT record_id FROM facts SEMI JOIN {told} USING (fact_id))",
}
"""By what of theirs differs: who they are. What went led to them by a relationship that went."""

_OF_PERSON = f"WHERE person_id IN (FROM {PERSONS})"
_OF_RECORD = "WHERE record_id IN (FROM near_record)"

_ROWS = {
    "persons": _OF_PERSON,
    "families": _OF_PERSON,
    "residences": _OF_PERSON,
    "records": _OF_RECORD,
    "identifiers": _OF_RECORD,
    "members": _OF_RECORD,
    "ended": _OF_RECORD,
    "facts": f"{_OF_RECORD} AND kind = 'involvement'",
    "deliveries": "",
}
"""By the tables that they are made of: the rows that are theirs. Of a record that may be theirs all
of MEMBERS, since the graph tells with whom it is now."""


def nobody_near(con: duckdb.DuckDBPyConnection) -> None:
    """The table ``near_person`` is there, empty."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE {PERSONS} (person_id VARCHAR)")


def note_near(con: duckdb.DuckDBPyConnection, found: Sequence[Changes]) -> None:
    """``near_person`` holds, too, all of whom, or of what is theirs, anything is ``found``."""
    queries = [
        _CONCERNED[each.name].format(told=_told(each)) for each in found if each.name in _CONCERNED
    ]
    if queries:
        con.execute(
            f"INSERT INTO {PERSONS} FROM ({' UNION '.join(queries)})"
            f" ANTI JOIN {PERSONS} USING (person_id)"
        )


def _told(of: Changes) -> str:
    """Return the keys of all that is told of one of the graph's tables."""
    keys = ", ".join(of.keys)
    tables = (of.gone, of.changed, of.new)
    return f"({' UNION ALL '.join(f'SELECT {keys} FROM {table}' for table in tables)})"


@contextmanager
def near_graph(
    con: duckdb.DuckDBPyConnection, graph: Path, settings: Settings
) -> Iterator[GraphStore | None]:
    """Give a graph of the persons in ``near_person``, a file beside ``graph``; None of many.

    Raises ``GraphError`` where it cannot be made whole.
    """
    share = f"SELECT (SELECT count(*) FROM {PERSONS}) > {MANY} * (SELECT count(*) FROM persons)"
    [(many,)] = con.execute(share).fetchall()
    if many:
        yield None
        return
    with scratch(graph) as folder:
        file = folder / graph.name
        _make(con, file, settings)
        with LadybugStore(file, settings) as store:
            yield store


def _make(con: duckdb.DuckDBPyConnection, file: Path, settings: Settings) -> None:
    rows = {}
    with loader(file, settings) as process, in_memory(con, _PART):
        for statement in schema("ladybug"):
            if any(f" TABLE {name}(" in statement for name in OWN):
                process.tell(statement)
        _fill(con)
        for name in OWN:
            rows[name] = _write(con, file.parent, name)
            for statement in copying(file.parent, name, rows[name]):
                process.tell(statement)
        process.tell("CHECKPOINT")
        process.finish()
    check_counts(file, rows, settings)


def _fill(con: duckdb.DuckDBPyConnection) -> None:
    """The small database holds the rows that are the persons'."""
    con.execute(
        "CREATE OR REPLACE TEMP TABLE near_record AS"
        f" SELECT DISTINCT record_id FROM members {_OF_PERSON}"
    )
    for table, theirs in _ROWS.items():
        con.execute(f"CREATE TABLE {_PART}.{table} AS SELECT {TOLD[table]} FROM {table} {theirs}")
    con.execute("DROP TABLE near_record")


def _write(con: duckdb.DuckDBPyConnection, folder: Path, name: str) -> int:
    """The rows of one of the small graph's tables stand in ``folder``; return how many."""
    theirs = _OF_PERSON if name.isupper() else ""
    with looking_in(con, _PART):
        return written(con, folder, name, f"FROM ({select(name)}) {theirs}")
