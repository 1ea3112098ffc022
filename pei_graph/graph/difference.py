"""The last run's graph with what has changed since, instead of a graph built anew.

In: this run's tables, the last run's tables and graph, and which persons, families and records may
differ. Out: a graph file that holds what :func:`~pei_graph.graph.projection.build` would put there.
Rows are compared as the graph's own SELECTs give them, so nothing is known twice.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pei_graph import sql
from pei_graph.contract import Contract
from pei_graph.graph.loader import loader
from pei_graph.graph.projection import (
    DATED,
    check_counts,
    contract_sources,
    copying,
    counted,
    remove,
    scratch,
    select,
    written,
)
from pei_graph.graph.shape import PROPERTIES, SHAPES, Node, Tie
from pei_graph.settings import Settings
from pei_graph.workspace import looking_in

BEFORE = "before"
"""The name under which the last run's tables are attached."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Which rows of one of the graph's tables may differ.

    ``key`` is the column of its SELECT that names the node, or the start of the relationship;
    ``within`` the condition on the SELECT's columns that keeps the rows which may differ.
    """

    shape: Node | Tie
    key: str
    within: str

    @property
    def start(self) -> Node:
        """Return the node itself, or the one that the relationship starts from."""
        return self.shape.start if isinstance(self.shape, Tie) else self.shape


_OF_PERSON = "person_id IN (FROM scope_person)"
_OF_FAMILY = "family_id IN (FROM scope_family)"
_OF_RECORD = "record_id IN (FROM scope_record)"

KINDS = {
    "Person": Kind(SHAPES["Person"], "person_id", _OF_PERSON),
    "Family": Kind(SHAPES["Family"], "family_id", _OF_FAMILY),
    "INVOLVED_IN": Kind(SHAPES["INVOLVED_IN"], "person_id", _OF_PERSON),
    "CANDIDATE_FOR": Kind(SHAPES["CANDIDATE_FOR"], "record_id", _OF_RECORD),
    "LIVES_AT": Kind(SHAPES["LIVES_AT"], "person_id", _OF_PERSON),
    "MEMBER_OF": Kind(SHAPES["MEMBER_OF"], "person_id", _OF_PERSON),
    "AT": Kind(SHAPES["AT"], "family_id", _OF_FAMILY),
    "RELATED_TO": Kind(
        SHAPES["RELATED_TO"],
        "person_id",
        f"{_OF_PERSON} OR other_person_id IN (FROM scope_person)",
    ),
    "MEETS.Person": Kind(SHAPES["MEETS.Person"], "subject", "true"),
    "MEETS.Family": Kind(SHAPES["MEETS.Family"], "subject", "true"),
}
"""In the order in which they are loaded: nodes before what joins them."""

DATES = {column: f"`{name}`" for column, name in PROPERTIES.items()}
"""Columns of a SELECT that are properties of another name, as Ladybug reads it."""


def change(
    con: duckdb.DuckDBPyConnection,
    graph: Path,
    settings: Settings,
    *,
    names: Sequence[str],
    contracts: Mapping[str, Contract],
) -> None:
    """The graph in ``graph``, as the last run left it, holds what the tables in ``con`` say now.

    Of the labels and relationships in ``names``, that is. Needs the last run's tables attached as
    ``before``, and the temporary tables ``scope_person``, ``scope_family`` and ``scope_record``
    (id) of those that may differ. A graph that cannot be changed whole is removed and
    ``GraphError`` raised.
    """
    con.register("contract_sources", contract_sources(contracts))
    try:
        with scratch(graph) as folder:
            steps = [step for name in names for step in _steps(con, folder, name)]
            if steps:
                _load(graph, settings, [statement for _, statement in sorted(steps)])
        check_counts(graph, {name: counted(con, name) for name in names}, settings)
    except BaseException:
        remove(graph)
        raise
    finally:
        con.unregister("contract_sources")


def copy_graph(last: Path, graph: Path) -> None:
    """The file of the last run's graph stands in ``graph`` too."""
    shutil.copyfile(last, graph)


def _load(graph: Path, settings: Settings, statements: Sequence[str]) -> None:
    with loader(graph, settings) as process:
        for statement in (f"CALL threads={settings.threads}", *statements, "CHECKPOINT"):
            process.tell(statement)
        process.finish()


Step = tuple[tuple[int, int, int], str]
"""When a statement runs, and its text."""


def _steps(con: duckdb.DuckDBPyConnection, folder: Path, name: str) -> Iterator[Step]:
    """Yield the statements that make what the graph holds of one name what it should be.

    Relationships go first and come last: a node has none when it goes, all its ends when they come.
    """
    kind = KINDS[name]
    _compare(con, name, kind)
    place, tie = list(KINDS).index(name), isinstance(kind.shape, Tie)
    gone = _GONE_STARTS if tie else _GONE
    if file := _file(con, folder, f"{name}.gone", gone.format(key=kind.key)):
        yield (0 if tie else 1, place, 0), _going(kind, file)
    changed = "" if tie else _CHANGED.format(key=kind.key)
    if changed and (file := _file(con, folder, f"{name}.changed", changed)):
        yield (1, place, 1), _setting(con, kind, file)
    new = _NEW_STARTS if tie else _NEW
    if rows := written(con, folder, name, new.format(key=kind.key)):
        for number, statement in enumerate(_coming(folder, name, rows), start=2):
            yield (2 if tie else 1, place, number), statement


_GONE_STARTS = "SELECT DISTINCT {key} AS key FROM was SEMI JOIN differing USING ({key})"
_NEW_STARTS = "SELECT * FROM now_is SEMI JOIN differing USING ({key})"
_GONE = "SELECT {key} AS key FROM was ANTI JOIN now_is USING ({key})"
_CHANGED = "SELECT * FROM now_is SEMI JOIN differing USING ({key}) SEMI JOIN was USING ({key})"
_NEW = "SELECT * FROM now_is ANTI JOIN was USING ({key})"


def _coming(folder: Path, name: str, rows: int) -> Iterator[str]:
    """Yield the statements that add a name's rows; dates go by their loading names meanwhile."""
    dated = name in DATED
    if dated:
        yield from (f"ALTER TABLE {name} RENAME {new} TO {old}" for old, new in DATES.items())
    yield from copying(folder, name, rows)
    if dated:
        yield from (f"ALTER TABLE {name} RENAME {old} TO {new}" for old, new in DATES.items())


def _compare(con: duckdb.DuckDBPyConnection, name: str, kind: Kind) -> None:
    """The tables ``was`` and ``now_is`` hold the rows that may differ, ``differing`` their keys."""
    chosen = f"SELECT * FROM ({select(name)}) WHERE {kind.within}"
    with looking_in(con, BEFORE):
        con.execute(f"CREATE OR REPLACE TEMP TABLE was AS {chosen}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE now_is AS {chosen}")
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE differing AS SELECT DISTINCT {kind.key} FROM ("
        "(FROM was EXCEPT ALL FROM now_is) UNION ALL (FROM now_is EXCEPT ALL FROM was))"
    )


def _file(con: duckdb.DuckDBPyConnection, folder: Path, name: str, query: str) -> str:
    """Return the quoted path of the file with the query's rows; empty where there are none."""
    return sql.text(str(folder / f"{name}.parquet")) if written(con, folder, name, query) else ""


def _going(kind: Kind, file: str) -> str:
    found = f"LOAD FROM {file} WITH key AS gone MATCH (x:{kind.start.label})"
    where = f"WHERE x.{kind.start.key} = gone"
    if isinstance(kind.shape, Node):
        return f"{found} {where} DETACH DELETE x"
    return f"{found}-[r:{kind.shape.type}]->(:{kind.shape.end.label}) {where} DELETE r"


def _setting(con: duckdb.DuckDBPyConnection, kind: Kind, file: str) -> str:
    columns = [str(row[0]) for row in con.execute("DESCRIBE now_is").fetchall()]
    others = [each for each in columns if each != kind.key]
    given = ", ".join(f"{each} AS new_{each}" for each in others)
    new = ", ".join(f"x.{DATES.get(each, each)} = new_{each}" for each in others)
    return (
        f"LOAD FROM {file} WITH {kind.key} AS changed, {given}"
        f" MATCH (x:{kind.start.label}) WHERE x.{kind.start.key} = changed SET {new}"
    )
