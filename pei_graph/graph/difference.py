"""The last run's graph with what has changed since, instead of a graph built anew.

In: this run's tables, the last run's tables and graph. Out: a graph file that holds what
:func:`~pei_graph.graph.projection.build` would put there. What differs is found as for a server
(:mod:`pei_graph.graph.changes`), written to Parquet and taken in by another process.
"""

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from pei_graph import sql
from pei_graph.contract import Contract
from pei_graph.errors import GraphError
from pei_graph.graph.changes import Changes, changes, in_order
from pei_graph.graph.ladybug import Step
from pei_graph.graph.loader import Loader, loader
from pei_graph.graph.narrowed import Known
from pei_graph.graph.near import note_near
from pei_graph.graph.projection import (
    NAMED,
    check_counts,
    contract_sources,
    copying,
    counts,
    export,
    remove,
    schema,
    scratch,
    select,
    written,
)
from pei_graph.graph.shape import PERSON, PROPERTIES, TIES, Node, Tie
from pei_graph.graph.store import Question
from pei_graph.settings import Settings

BEFORE = "before"
"""The name under which the last run's tables are attached."""

COPIED = "MEETS"
"""Relationships that are all copied anew where many of them differ, as after many months."""

MANY = 0.25
"""Share of them that may differ for others to be left where they are."""


class Changing:
    """A copy of the last run's graph that another process changes while more is found to tell.

    That process starts with the first that it is told, and is gone at the ``ending``.
    """

    def __init__(
        self, ending: ExitStack, graph: Path, settings: Settings, sources: pa.Table
    ) -> None:
        """Change ``graph``, which may still be on its way there; ``sources`` says of Source."""
        self._ending, self._graph, self._settings = ending, graph, settings
        self._sources = sources
        self._folder = ending.enter_context(scratch(graph))
        self._process: Loader | None = None
        self._asked: list[Question] = []
        self._told: set[str] = set()
        self._held: list[tuple[Node | Tie, Step]] = []
        self.grown: Counter[str] = Counter()

    def tell(
        self,
        con: duckdb.DuckDBPyConnection,
        names: Sequence[str],
        known: Known,
        asking: Sequence[Question] = (),
    ) -> None:
        """What this run's tables say of ``names``, as they stand now, is on its way into the graph.

        Needs the last run's tables attached as ``before``. The temporary table ``near_person``
        holds, too, whom the differences concern. What is asked will be answered by the changed
        graph.
        """
        con.register("contract_sources", self._sources)
        with changes(con, names, before=BEFORE, known=known) as found:
            note_near(con, found)
            grown = {each.name: _grown(con, each) for each in found if each.name != NAMED}
            self.grown.update(grown)
            self._told.update(names)
            held = [each for each in found if self._is_led_to(each.shape)]
            for step in _steps(con, self._folder, found, held=held):
                self._loader().tell(step)
            self._let_go()
            self._held += [
                (each.shape, step) for each in held for step in _going(con, self._folder, each)
            ]
        con.unregister("contract_sources")
        for question in asking:
            self._loader().ask(question, self._file(len(self._asked)))
            self._asked.append(question)
        if self._process:
            self._process.tell(("CHECKPOINT", None))

    def answers(self) -> "Answers":
        """Return what the graph answered; it goes on taking in what it was told."""
        for _ in self._asked:
            self._loader().answered()
        files = (self._file(number) for number in range(len(self._asked)))
        return Answers(dict(zip(map(_key, self._asked), map(_read, files), strict=True)))

    def finish(self) -> None:
        """The graph has taken in what it was told; raises ``GraphError`` where it could not."""
        if self._process:
            self._process.finish()

    def _is_led_to(self, shape: Node | Tie) -> bool:
        """Return whether relationships of which nothing was told yet may lead to such a node.

        They go before it does: those that are stored forwards alone would be left of it.
        """
        return any(tie.end == shape for name, tie in TIES.items() if name not in self._told)

    def _let_go(self) -> None:
        """Nodes that were held because something still led to them are gone where nothing does."""
        for held in [each for each in self._held if not self._is_led_to(each[0])]:
            self._held.remove(held)
            self._loader().tell(held[1])

    def _loader(self) -> Loader:
        if self._process is None:
            self._process = self._ending.enter_context(loader(self._graph, self._settings))
            self._process.tell((f"CALL threads={self._settings.threads}", None))
        return self._process

    def _file(self, number: int) -> Path:
        return self._folder / f"answer.{number}.arrow"


class Answers:
    """What a graph answered while it was changed, for whoever asks the same."""

    def __init__(self, tables: Mapping[str, pa.Table]) -> None:
        """Hold the answers by what was asked."""
        self._tables = tables

    def table(self, text: str, **parameters: Any) -> pa.Table:
        """Return all rows of a query that was asked."""
        return self._tables[_key(Question(text, parameters))]


def _key(asked: Question) -> str:
    return repr((asked.text, sorted(asked.parameters.items())))


def _read(file: Path) -> pa.Table:
    with pa.OSFile(str(file), "rb") as source:
        return pa.ipc.open_file(source).read_all()


@contextmanager
def changing(
    graph: Path, settings: Settings, *, last: Path, contracts: Mapping[str, Contract]
) -> Iterator[Changing]:
    """Give what changes ``graph``, a copy of the last run's; afterwards it holds all it was told.

    A graph that cannot be changed whole is removed and ``GraphError`` raised.
    """
    try:
        with ExitStack() as ending:
            told = Changing(ending, graph, settings, contract_sources(contracts))
            yield told
            held = counts(last, told.grown, settings)  # while the process is at work
            told.finish()
        wanted = {name: held[name] + more for name, more in told.grown.items()}
        check_counts(graph, wanted, settings)
    except BaseException:
        remove(graph)
        raise


def copy_graph(last: Path, graph: Path) -> None:
    """The file of the last run's graph stands in ``graph`` too.

    Raises ``GraphError`` where it cannot be copied.
    """
    try:
        shutil.copyfile(last, graph)
    except OSError as error:
        raise GraphError(f"The last run's graph could not be copied ({error.strerror})") from error


def _grown(con: duckdb.DuckDBPyConnection, of: Changes) -> int:
    """Return how many rows more there are now than before."""
    [(more,)] = con.execute(
        f"SELECT (SELECT count(*) FROM {of.new}) - (SELECT coalesce(sum(rows), 0) FROM {of.gone})"
    ).fetchall()
    return int(more)


def _steps(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    found: Sequence[Changes],
    *,
    held: Sequence[Changes],
) -> Iterator[Step]:
    """Yield the statements that make what the graph holds what it should be.

    But for nodes that go and are ``held`` for now.
    """
    copied = _copied(con, found)
    for doing, each in in_order([each for each in found if each not in copied]):
        if doing != "gone" or each not in held:
            yield from _STEPS[doing](con, folder, each)
    if copied:
        yield from _copying(con, folder, [each.name for each in copied])


def _copied(con: duckdb.DuckDBPyConnection, found: Sequence[Changes]) -> list[Changes]:
    """Return those whose relationships are all told anew."""
    of_type = [each for each in found if each.name.partition(".")[0] == COPIED]
    told = sum(_count(con, query) for each in of_type for query in (each.gone, each.changed))
    held = sum(_count(con, f"({select(each.name)})") for each in of_type)
    return of_type if told > MANY * held else []


def _count(con: duckdb.DuckDBPyConnection, query: str) -> int:
    [(rows,)] = con.execute(f"SELECT count(*) FROM {query}").fetchall()
    return int(rows)


def _copying(con: duckdb.DuckDBPyConnection, folder: Path, names: Sequence[str]) -> Iterator[Step]:
    """Yield the statements that put all of this run's relationships in the place of the last's."""
    yield f"DROP TABLE {COPIED}", None
    yield next(each for each in schema("ladybug") if f"TABLE {COPIED}(" in each), None
    for name in names:
        yield from ((each, None) for each in copying(folder, name, export(con, folder, name)))


def _going(con: duckdb.DuckDBPyConnection, folder: Path, of: Changes) -> Iterator[Step]:
    # What went with a node of an earlier call is not there any more: it is not counted.
    doing = "DETACH DELETE x" if isinstance(of.shape, Node) else "DELETE x"
    if file := _file(con, folder, f"{of.name}.gone", f"SELECT {', '.join(of.keys)} FROM {of.gone}"):
        yield f"{_rows(file.path, of.keys)} {_found(of.shape, of.keys, ())} {doing}", None


def _coming(con: duckdb.DuckDBPyConnection, folder: Path, of: Changes) -> Iterator[Step]:
    if file := _file(con, folder, f"{of.name}.new", f"FROM {of.new}"):
        if of.shape == PERSON and of.name != NAMED:
            # By its key it may be there: relationships led to it before it could be described.
            new = f"MERGE (x:{PERSON.label} {{{_said(of.keys, ': ')}}})"
            place, new = "", f"{new} SET {_said(of.others, ' = ', of='x.')}"
        elif isinstance(of.shape, Node):
            place, new = "", f"CREATE (:{of.shape.label} {{{_said(of.columns, ': ')}}})"
        else:
            place = _ends(of.shape, of.keys, of.others)
            new = f"CREATE (a)-[:{of.shape.type} {{{_said(of.others, ': ')}}}]->(b)"
        yield f"{_rows(file.path, of.columns)} {place} {new} {_DONE}", file.rows


def _changing(con: duckdb.DuckDBPyConnection, folder: Path, of: Changes) -> Iterator[Step]:
    """Yield a statement for each set of properties that differ together."""
    for number, (columns, query) in enumerate(of.changed_alike(con)):
        if file := _file(con, folder, f"{of.name}.changed.{number}", query):
            found, new = _found(of.shape, of.keys, columns), _said(columns, " = ", of="x.")
            yield f"{_rows(file.path, (*of.keys, *columns))} {found} SET {new} {_DONE}", file.rows


_STEPS = {"gone": _going, "new": _coming, "changed": _changing}

_DONE = "RETURN count(*)"


class _File(NamedTuple):
    path: str
    """As a text of Cypher."""
    rows: int


def _file(con: duckdb.DuckDBPyConnection, folder: Path, name: str, query: str) -> _File | None:
    """Return the file with the query's rows; None where there are none."""
    rows = written(con, folder, name, query)
    return _File(sql.text(str(folder / f"{name}.parquet")), rows) if rows else None


def _rows(path: str, columns: Sequence[str]) -> str:
    return f"LOAD FROM {path} WITH {', '.join(f'{each} AS new_{each}' for each in columns)}"


def _found(shape: Node | Tie, keys: Sequence[str], columns: Sequence[str]) -> str:
    """Return what finds ``x``, the node or each relationship between two ends, for every row."""
    if isinstance(shape, Node):
        return f"MATCH (x:{shape.label}) WHERE x.{shape.key} = new_{keys[0]}"
    # From a node to what may follow it: asked for both ends at once, the engine reads all
    # relationships, or looks for them backwards in a table that is stored forwards alone.
    start, end = shape.start, shape.end
    kept = ", ".join(f"new_{each}" for each in (keys[1], *columns))
    return (
        f"MATCH (a:{start.label}) WHERE a.{start.key} = new_{keys[0]} WITH a, {kept}"
        f" OPTIONAL MATCH (a)-[x:{shape.type}]->(b:{end.label}) WITH x, b, {kept}"
        f" WHERE b.{end.key} = new_{keys[1]}"
    )


def _ends(tie: Tie, keys: Sequence[str], columns: Sequence[str]) -> str:
    """Return what finds ``a`` and ``b``, the ends of a relationship to come, for every row."""
    kept = ", ".join(f"new_{each}" for each in (keys[1], *columns))
    return (
        f"MATCH (a:{tie.start.label}) WHERE a.{tie.start.key} = new_{keys[0]} WITH a, {kept}"
        f" MATCH (b:{tie.end.label}) WHERE b.{tie.end.key} = new_{keys[1]}"
    )


def _said(columns: Sequence[str], between: str, *, of: str = "") -> str:
    named = ((PROPERTIES.get(column, column), column) for column in columns)
    return ", ".join(f"{of}`{name}`{between}new_{column}" for name, column in named)
