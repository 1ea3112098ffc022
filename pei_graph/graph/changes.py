"""What differs between the graphs of two runs, row by row: what goes, what changes, what comes.

In: this run's tables and the last run's. Out: three tables for each of the graph's own, the same
for every engine. Rows are compared as the graph's own SELECTs give them, so nothing is known twice;
they are asked of the few rows of the tables that differ (:mod:`pei_graph.graph.narrowed`).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import duckdb

from pei_graph import sql
from pei_graph.graph.narrowed import NOW, WAS, Known, looking_at, narrowed
from pei_graph.graph.projection import NAMED, select
from pei_graph.graph.shape import PERSON, SHAPES, Node, Tie

Doing = Literal["gone", "new", "changed"]
"""Which of the rows of a table are told."""

TOLD_ANEW = "Source"
"""What the last run's contracts said is not known: every source is told whole."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs in one of the graph's tables.

    ``gone`` holds keys with how many rows stood under them, ``new`` rows, ``changed`` rows with the
    names of the columns that differ as ``changed``: each a query. A row is changed where one stood
    under its key and one does now; relationships have no key but their ends, and where several
    stand between two nodes all go and come.
    """

    name: str
    columns: tuple[str, ...]

    @property
    def shape(self) -> Node | Tie:
        """Return what the table holds."""
        return PERSON if self.name == NAMED else SHAPES[self.name]

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the columns that name a node, or the ends of a relationship."""
        return self.columns[: 1 if isinstance(self.shape, Node) else 2]

    @property
    def others(self) -> tuple[str, ...]:
        """Return the columns that are told of it."""
        return self.columns[len(self.keys) :]

    @property
    def gone(self) -> str:
        """Return what gives the keys of rows that go, each with how many ``rows`` those are."""
        return _table(self.name, "gone")

    @property
    def changed(self) -> str:
        """Return what gives the rows that change."""
        return _table(self.name, "changed")

    @property
    def new(self) -> str:
        """Return what gives the rows that come."""
        return _table(self.name, "new")

    def changed_alike(self, con: duckdb.DuckDBPyConnection) -> Iterator[tuple[list[str], str]]:
        """Yield each set of columns that differ together, and a query for the keys and those."""
        sets = con.execute(f"SELECT DISTINCT changed FROM {self.changed} ORDER BY ALL").fetchall()
        for (columns,) in sets:
            same = f"changed = [{', '.join(map(sql.text, columns))}]"
            told = ", ".join((*self.keys, *columns))
            yield columns, f"SELECT {told} FROM {self.changed} WHERE {same}"


@contextmanager
def changes(
    con: duckdb.DuckDBPyConnection,
    names: Sequence[str],
    *,
    before: str,
    known: Known,
) -> Iterator[list[Changes]]:
    """Give what differs in ``names`` between the tables in ``before`` and those of ``con``.

    A name that is not among them is the same in both. Needs the relation ``contract_sources`` for
    Source.
    """
    with narrowed(con, names, before=before, known=known) as parts:
        found = [
            _compare(con, name, here=parts.here, before=before)
            for name in names
            if name != NAMED and parts.may_differ(name)
        ]
        if NAMED in names:
            found.append(_named(con, found, before=before))
    try:
        yield found
    finally:
        for each in found:
            for table in (each.gone, each.changed, each.new):
                con.execute(f"DROP TABLE {table}")


def in_order(found: Sequence[Changes]) -> Iterator[tuple[Doing, Changes]]:
    """Yield what to tell of which, in the order in which a graph can take it.

    Relationships go first and come last: a node has none when it goes, all its ends when they come.
    """
    ties = [each for each in found if isinstance(each.shape, Tie)]
    nodes = [each for each in found if isinstance(each.shape, Node)]
    yield from (("gone", each) for each in (*ties, *nodes))
    yield from (("new", each) for each in nodes)
    yield from (("changed", each) for each in (*nodes, *ties))
    yield from (("new", each) for each in ties)


def _compare(con: duckdb.DuckDBPyConnection, name: str, *, here: str, before: str) -> Changes:
    for table, part, whole in (("was", WAS, before), ("now_is", NOW, here)):
        with looking_at(con, part, name, whole):
            con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {select(name)}")
    columns = con.execute("DESCRIBE now_is").fetchall()
    found = Changes(name, tuple(str(column[0]) for column in columns))
    for statement in _statements(found):
        con.execute(statement)
    return found


def _named(con: duckdb.DuckDBPyConnection, found: Sequence[Changes], *, before: str) -> Changes:
    """Return as new the persons to whom relationships that come lead, who were not there before."""
    led_to = [
        f"SELECT {key} AS {PERSON.key} FROM {each.new}"
        for each in found
        if isinstance(each.shape, Tie)
        for key, end in zip(each.keys, (each.shape.start, each.shape.end), strict=True)
        if end == PERSON
    ]
    named, stood = Changes(NAMED, (PERSON.key,)), f"{sql.name(before)}.persons"
    nobody = f"SELECT {PERSON.key} FROM {stood} WHERE false"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {named.new} AS FROM ({' UNION '.join([nobody, *led_to])})"
        f" ANTI JOIN {stood} USING ({PERSON.key})"
    )
    for table, more in ((named.gone, "0 AS rows"), (named.changed, "[]::VARCHAR[] AS changed")):
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT *, {more} FROM {named.new} WHERE false"
        )
    return named


def _statements(of: Changes) -> Iterator[str]:
    keys = ", ".join(of.keys)
    single = f"GROUP BY {keys} HAVING count(*) = 1"
    differs = ", ".join(
        f"CASE WHEN {_differs(of, column)} THEN '{column}' END" for column in of.others
    )
    yield (
        "CREATE OR REPLACE TEMP TABLE once AS"
        f" (SELECT {keys} FROM was {single}) INTERSECT (SELECT {keys} FROM now_is {single})"
    )
    yield (
        "CREATE OR REPLACE TEMP TABLE again AS WITH"
        f" before_it AS (FROM was ANTI JOIN once USING ({keys})),"
        f" after_it AS (FROM now_is ANTI JOIN once USING ({keys})),"
        " differing AS ((FROM before_it EXCEPT ALL FROM after_it)"
        " UNION ALL (FROM after_it EXCEPT ALL FROM before_it))"
        f" SELECT DISTINCT {keys} FROM differing"
    )
    yield (
        f"CREATE OR REPLACE TEMP TABLE {of.gone} AS SELECT {keys}, count(*) AS rows"
        f" FROM was SEMI JOIN again USING ({keys}) GROUP BY {keys}"
    )
    yield (f"CREATE OR REPLACE TEMP TABLE {of.new} AS FROM now_is SEMI JOIN again USING ({keys})")
    yield (
        f"CREATE OR REPLACE TEMP TABLE {of.changed} AS WITH told AS ("
        f"SELECT now_is.*, list_filter([{differs}]::VARCHAR[], lambda x: x IS NOT NULL) AS changed"
        f" FROM now_is JOIN was USING ({keys}) SEMI JOIN once USING ({keys}))"
        " FROM told WHERE len(changed) > 0"
    )
    yield "DROP TABLE was; DROP TABLE now_is; DROP TABLE once; DROP TABLE again"


def _differs(of: Changes, column: str) -> str:
    if of.name == TOLD_ANEW:
        return "true"
    return f"now_is.{column} IS DISTINCT FROM was.{column}"


def _table(name: str, kind: str) -> str:
    return f'temp."{name} {kind}"'
