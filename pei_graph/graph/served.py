"""The graph of one workspace on a Neo4j server, from run to run.

In: a run's tables, and what the server says it holds. Out: the server's graph, changed from one
instant to the next. One node, ``GraphRun``, says of which workspace and run the graph is. An empty
database is filled in many transactions and counts for nothing until that node says *ready*; after
that every run is one transaction of differences, in which the criteria are asked too.
"""

import hashlib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import duckdb

from pei_graph import sql
from pei_graph.contract import Contract
from pei_graph.errors import GraphError
from pei_graph.graph import bulk, upload
from pei_graph.graph.difference import BEFORE
from pei_graph.graph.narrowed import NOTHING_KNOWN, Known
from pei_graph.graph.neo4j import Neo4jStore, Server, Writing
from pei_graph.graph.projection import FINDINGS, contract_sources, schema, select
from pei_graph.graph.shape import SHAPES
from pei_graph.graph.store import Answering, GraphStore, Question
from pei_graph.settings import Settings

MARK = ".server"
"""Ending of the file that stands for the graph beside a run's tables: it holds the run's token."""

READY = "ready"
LOADING = "loading"
IMPORTED = "imported"
"""Whole, but without keys: Neo4j's importer makes none."""

_HELD = """
MATCH (g:GraphRun)
RETURN g.workspace AS workspace, g.run AS run, g.before AS before, g.state AS state
"""
_ANYTHING = "MATCH (n) RETURN 1 AS found LIMIT 1"
_NOTE = """
MERGE (g:GraphRun {workspace: $workspace})
SET g.before = CASE WHEN g.state = $state THEN g.run END, g.run = $run, g.state = $state
"""
_EMPTY = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS"


class ServedGraph:
    """The graph of a run that is being made, on a server."""

    def __init__(
        self,
        graph: Path,
        settings: Settings,
        contracts: Mapping[str, Contract],
        *,
        workspace: str,
        last: Path | None,
    ) -> None:
        """Make the graph that ``graph`` stands for; ``last`` stands for the last run's.

        ``workspace`` names the workspace for ever. Raises ``GraphError`` where the server cannot
        be used, or holds anything else.
        """
        self._mark = mark_of(graph)
        self._last = last
        self._workspace = workspace
        self._sources = contract_sources(contracts)
        self._run = _new_token()
        self._ending = ExitStack()
        self._writing: Writing | None = None
        self._server = self._ending.enter_context(Server(settings))
        _finish_import(self._server)
        self._transactions = self._ending.enter_context(ExitStack())

    def close(self) -> None:
        """What was not kept never counts, and no connection stays open."""
        self._ending.close()

    def begin_upon(self, last: Path) -> bool:
        """A transaction is open in which the last run's graph can be changed."""
        if not self._holds(last):
            return False
        self._begin()
        return True

    @contextmanager
    def growing(self) -> Iterator["ServedGraph"]:
        """Give what takes the run's tables; after the body the graph is whole, and counted."""
        self._roll_back()
        self._added: list[tuple[duckdb.DuckDBPyConnection, Sequence[str]]] = []
        yield self
        names = [name for _, each in self._added for name in each]
        self._load(self._added[-1][0], names, NOTHING_KNOWN)

    def add(self, con: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
        """The tables are to be sent when all of them stand."""
        self._added.append((con, names))

    def change(
        self,
        con: duckdb.DuckDBPyConnection,
        names: Sequence[str],
        known: Known,
        asking: Sequence[Question] = (),  # noqa: ARG002 - asked for when it is needed
    ) -> None:
        """The last run's graph holds this run's rows of ``names``."""
        self._load(con, names, known)

    def whole(self) -> None:
        """The transaction has taken in what it was told, as it was told."""

    def add_findings(self, con: duckdb.DuckDBPyConnection) -> None:
        """The graph holds the criteria and what they found."""
        self._load(con, FINDINGS, NOTHING_KNOWN)

    @contextmanager
    def asked(self) -> Iterator[GraphStore]:
        """Give the graph as it stands now, what has not been kept yet included."""
        yield Neo4jStore(self._writing or self._server)

    def answered(self) -> AbstractContextManager[Answering]:
        """Give the graph as it stands now: it answers at once."""
        return self.asked()

    def near(
        self,
        con: duckdb.DuckDBPyConnection,  # noqa: ARG002
    ) -> AbstractContextManager[GraphStore | None]:
        """Give none: criteria are asked of the engine that serves."""
        return nullcontext()

    def keep(self) -> None:
        """The server's graph is this run's, from one instant to the next."""
        note = {"workspace": self._workspace, "run": self._run, "state": READY}
        self._mark.write_text(self._run, encoding="ascii")
        if self._writing is None:
            self._server.run(_NOTE, note)
            return
        self._writing.run(_NOTE, note)
        self._writing.commit()
        self._roll_back()

    def _load(self, con: duckdb.DuckDBPyConnection, names: Sequence[str], known: Known) -> None:
        con.register("contract_sources", self._sources)
        try:
            if self._writing or (self._last and self._holds(self._last)):
                self._load_differences(con, names, known)
            else:
                self._load_first(con, names)
        finally:
            con.unregister("contract_sources")

    def _load_differences(
        self, con: duckdb.DuckDBPyConnection, names: Sequence[str], known: Known
    ) -> None:
        writing = self._writing or self._begin()
        with _beside(con, self._last):
            upload.load_differences(con, writing, names, before=BEFORE, known=known)

    def _load_first(self, con: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
        if "Record" in names:
            self._make_empty()
        upload.load(con, self._server, names)
        upload.check_counts(con, names, self._server)

    def _make_empty(self) -> None:
        """The database holds nothing but the keys, and says that a graph is being loaded."""
        held = _held(self._server)
        if held is None and self._server.ask(_ANYTHING, {})[1]:
            raise GraphError(
                "The server's database holds something else than a graph of this product",
                do="Name another database in PEI_GRAPH_DATABASE, or empty this one yourself",
            )
        if held and held["workspace"] != self._workspace:
            raise GraphError(
                "The server's database holds the graph of another workspace",
                do="Name another database in PEI_GRAPH_DATABASE, or empty this one yourself",
            )
        self._server.run_in_parts(_EMPTY)
        _make_keys(self._server)
        note = {"workspace": self._workspace, "run": self._run, "state": LOADING}
        self._server.run(_NOTE, note)

    def _holds(self, last: Path) -> bool:
        """Return whether the server's graph is the one that ``last`` stands for, whole.

        And made by the same SELECTs: what they say otherwise of rows that stayed is no difference.
        """
        token = _token(last) or ""
        return token.startswith(_made_by()) and token in _ready(self._server)[:1]

    def _begin(self) -> Writing:
        self._roll_back()
        self._writing = self._transactions.enter_context(self._server.writing())
        return self._writing

    def _roll_back(self) -> None:
        self._transactions.close()
        self._writing = None


def open_served(graph: Path, settings: Settings) -> GraphStore:
    """Return the graph that ``graph`` stands for, on its server.

    Or the one of the run after it, for the moment until that is published. Raises ``GraphError``
    where the server cannot be used, or holds another graph.
    """
    token = _token(graph)
    if token is None:
        raise GraphError(
            "The server holds no graph of this run",
            do="Run `pei run SOURCES --workspace W`, or `pei rebuild` where the run was made"
            " without a server",
        )
    with ExitStack() as ending:
        server = ending.enter_context(Server(settings))
        _finish_import(server)
        _require(token in _ready(server))
        return Neo4jStore(server, close=ending.pop_all().close)


def _require(held: bool) -> None:
    if not held:
        raise GraphError(
            "The graph server holds another graph than this run's",
            do="Check PEI_GRAPH_URL and PEI_GRAPH_DATABASE, or `pei rebuild`",
        )


def fill_stopped(
    con: duckdb.DuckDBPyConnection,
    graph: Path,
    home: Path,
    settings: Settings,
    *,
    contracts: Mapping[str, Contract],
    workspace: str,
) -> None:
    """The stopped Neo4j in ``home`` holds the graph that ``graph`` stands for from now on.

    Whatever its database held is gone. Raises ``GraphError`` where its importer does not end well.
    """
    run = _new_token()
    note = {"workspace": workspace, "run": run, "state": IMPORTED}
    bulk.fill(
        con, home, settings.graph_database, folder=graph.parent, contracts=contracts, note=note
    )
    mark_of(graph).write_text(run, encoding="ascii")


def _finish_import(server: Server) -> None:
    """A graph that Neo4j's importer made has its keys."""
    held = _held(server)
    if held and held["state"] == IMPORTED:
        _make_keys(server)
        note = {"workspace": held["workspace"], "run": held["run"], "state": READY}
        server.run(_NOTE, note)


def _make_keys(server: Server) -> None:
    for statement in schema("neo4j"):
        server.run(statement)


def was_kept(graph: Path, settings: Settings) -> bool:
    """Return whether the server's graph is the one that ``graph`` stands for.

    Of a run that was never published: it was killed between the one and the other.
    """
    token = _token(graph)
    if token is None:
        return False
    with Server(settings) as server:
        return token in _ready(server)[:1]


def mark_of(graph: Path) -> Path:
    """Return the file that stands for a graph on a server."""
    return graph.with_suffix(MARK)


def _new_token() -> str:
    """Return what names a run's graph: what made it, and the run."""
    return f"{_made_by()}-{uuid.uuid4().hex}"


def _made_by() -> str:
    """Return a digest of the SELECTs that say what a graph holds."""
    told = "\n".join(select(name) for name in SHAPES)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _token(graph: Path) -> str | None:
    mark = mark_of(graph)
    return mark.read_text(encoding="ascii") if mark.exists() else None


def _ready(server: Server) -> list[str | None]:
    """Return the token of the run whose graph the server holds whole, and of the one before."""
    held = _held(server)
    return [held["run"], held["before"]] if held and held["state"] == READY else []


def _held(server: Server) -> dict[str, Any] | None:
    columns, rows = server.ask(_HELD, {})
    return dict(zip(columns, rows[0], strict=True)) if rows else None


@contextmanager
def _beside(con: duckdb.DuckDBPyConnection, last: Path | None) -> Iterator[None]:
    """While the body runs the last run's tables are attached as ``before``."""
    attached = "SELECT 1 FROM duckdb_databases() WHERE database_name = ?"
    if last is None or con.execute(attached, [BEFORE]).fetchall():
        yield
        return
    tables = last.with_name("tables.duckdb")
    con.execute(f"ATTACH {sql.text(str(tables))} AS {BEFORE} (READ_ONLY)")
    try:
        yield
    finally:
        con.execute(f"DETACH {BEFORE}")
