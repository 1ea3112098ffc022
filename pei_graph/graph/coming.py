"""The graph of the run that is being made: in a file of its own, or on a server.

In: the run's tables as the stages make them. Out: a graph that readers see once the run is
published, or none. The pipeline knows :class:`ComingGraph` and not the engine behind it.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Protocol

import duckdb

from pei_graph.contract import Contract, read_contracts
from pei_graph.errors import GraphError
from pei_graph.graph import difference, projection
from pei_graph.graph.narrowed import Known
from pei_graph.graph.near import near_graph, nobody_near
from pei_graph.graph.projection import LINKED, RESOLVED, STANDARDISED
from pei_graph.graph.reading import LadybugStore
from pei_graph.graph.store import Answering, GraphStore, Question
from pei_graph.settings import Settings
from pei_graph.workspace import connect


class Takes(Protocol):
    """What tables are added to as they are made."""

    def add(self, con: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
        """The tables' rows are in the graph, or on their way into it."""
        ...


class ComingGraph(Protocol):
    """The graph of a run that is being made, on any engine."""

    def begin_upon(self, last: Path) -> bool:
        """What the last run's graph holds is there to be changed; False where that cannot be."""
        ...

    def growing(self) -> AbstractContextManager[Takes]:
        """Give what takes the run's tables; after the body the graph is whole, and counted."""
        ...

    def change(
        self,
        con: duckdb.DuckDBPyConnection,
        names: Sequence[str],
        known: Known,
        asking: Sequence[Question] = (),
    ) -> None:
        """The last run's graph holds this run's rows of ``names``, once it is :meth:`whole`.

        What is asked will be :meth:`answered`.
        """
        ...

    def whole(self) -> None:
        """The graph has taken in all that it was told; raises ``GraphError`` where it could not."""
        ...

    def asked(self) -> AbstractContextManager[GraphStore]:
        """Give the graph as it stands now, whole, to be asked."""
        ...

    def answered(self) -> AbstractContextManager[Answering]:
        """Give what answers what was asked as the graph was changed; it need not be whole yet."""
        ...

    def near(self, con: duckdb.DuckDBPyConnection) -> AbstractContextManager[GraphStore | None]:
        """Give a graph of those whom the last change concerned alone; None where all must be asked.

        They are in the temporary table ``near_person``.
        """
        ...

    def add_findings(self, con: duckdb.DuckDBPyConnection) -> None:
        """The graph holds the criteria and what they found."""
        ...

    def keep(self) -> None:
        """The graph stands, for the run to be published."""
        ...

    def close(self) -> None:
        """What was not kept never counts, and nothing of the graph stays open."""
        ...


class FileGraph:
    """A graph in a file beside the run's tables, by Ladybug."""

    def __init__(self, graph: Path, settings: Settings, contracts: Mapping[str, Contract]) -> None:
        """Make the graph in ``graph``; ``contracts`` describe the sources."""
        self._graph, self._settings, self._contracts = graph, settings, contracts
        self._last: Path | None = None
        self._copy: Future[None] | None = None
        self._changing: difference.Changing | None = None
        self._taking = ExitStack()

    def begin_upon(self, last: Path) -> bool:
        """A copy of the last run's graph is on its way to this run's place, beside other work."""
        if not last.exists():
            return False
        with_one = ThreadPoolExecutor(1, "copy")
        self._copy = with_one.submit(difference.copy_graph, last, self._graph)
        with_one.shutdown(wait=False)
        self._last = last
        return True

    @contextmanager
    def growing(self) -> Iterator[Takes]:
        """Give a new graph that another process loads while stages go on."""
        self.close()
        self._graph.unlink(missing_ok=True)
        with projection.growing(self._graph, self._settings, contracts=self._contracts) as growing:
            yield growing

    def change(
        self,
        con: duckdb.DuckDBPyConnection,
        names: Sequence[str],
        known: Known,
        asking: Sequence[Question] = (),
    ) -> None:
        """The copied graph is on its way to hold this run's rows of ``names``."""
        if self._last is None or self._copy is None:
            raise GraphError("no graph to build upon")
        self._copy.result()
        if self._changing is None:
            changing = difference.changing(
                self._graph, self._settings, last=self._last, contracts=self._contracts
            )
            self._changing = self._taking.enter_context(changing)
            nobody_near(con)
        self._changing.tell(con, names, known, asking)

    def whole(self) -> None:
        """The file holds all that it was to take in."""
        if self._copy:
            self._copy.result()
        self._changing = None
        self._taking.close()

    @contextmanager
    def asked(self) -> Iterator[GraphStore]:
        """Give the graph's file, open for reading."""
        self.whole()
        with LadybugStore(self._graph, self._settings) as store:
            yield store

    @contextmanager
    def answered(self) -> Iterator[Answering]:
        """Give what the graph's process answered, and let it go on."""
        if self._changing is None:
            raise GraphError("no graph that was asked anything")
        yield self._changing.answers()

    def near(self, con: duckdb.DuckDBPyConnection) -> AbstractContextManager[GraphStore | None]:
        """Give a small graph in a file, gone after the body."""
        return near_graph(con, self._graph, self._settings)

    def add_findings(self, con: duckdb.DuckDBPyConnection) -> None:
        """The graph holds the criteria and what they found."""
        projection.load_findings(self._graph, con, self._settings)

    def keep(self) -> None:
        """The file stands where the run is."""
        self.whole()

    def close(self) -> None:
        """Nothing of the graph stays open; one that was still taking something in is gone."""
        if self._copy:
            wait([self._copy])
        self._copy = self._changing = None
        unfinished = GraphError("The graph was not finished")
        with suppress(GraphError):
            self._taking.__exit__(GraphError, unfinished, None)


@contextmanager
def coming_graph(
    path: Path,
    settings: Settings,
    *,
    contracts: Mapping[str, Contract],
    workspace: str,
    last: Path | None,
) -> Iterator[ComingGraph]:
    """Give the graph of a run that is being made; what was not kept after the body never counts.

    ``path`` is its file, or names it where the settings name a server, on which ``workspace`` is
    told from others; ``last`` is the last run's. Raises ``GraphError`` where it cannot be made.
    """
    coming = _coming(path, settings, contracts, workspace=workspace, last=last)
    try:
        yield coming
    finally:
        coming.close()


def _coming(
    path: Path,
    settings: Settings,
    contracts: Mapping[str, Contract],
    *,
    workspace: str,
    last: Path | None,
) -> ComingGraph:
    if not settings.graph_url:
        return FileGraph(path, settings, contracts)
    # The driver takes as long to import as a small graph to build.
    from pei_graph.graph.served import ServedGraph  # noqa: PLC0415

    return ServedGraph(path, settings, contracts, workspace=workspace, last=last)


def fill_stopped(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    home: Path,
    settings: Settings,
    *,
    contracts: Mapping[str, Contract],
    workspace: str,
) -> None:
    """The database of a Neo4j in ``home`` that is not running holds the graph of ``con``'s tables.

    ``path`` names it from now on, on ``workspace``'s server. Raises ``GraphError`` where it cannot
    be filled.
    """
    from pei_graph.graph import served  # noqa: PLC0415 - as above

    served.fill_stopped(con, path, home, settings, contracts=contracts, workspace=workspace)


def was_kept(path: Path, settings: Settings) -> bool:
    """Return whether a server holds the graph of a run that was killed before it was published."""
    if not settings.graph_url:
        return False
    from pei_graph.graph.served import was_kept  # noqa: PLC0415 - as above

    return was_kept(path, settings)


def build(
    tables: Path,
    graph: Path,
    settings: Settings,
    *,
    contracts: Mapping[str, Contract] | None = None,
    workspace: str = "one graph",
) -> None:
    """The graph of a run's tables stands in ``graph``, every node and relationship counted.

    Or on the server that the settings name. ``contracts`` describe the sources; the packaged ones
    if not given. A graph that cannot be built whole never counts, and ``GraphError`` is raised.
    """
    described = read_contracts() if contracts is None else contracts
    with (
        coming_graph(
            graph, settings, contracts=described, workspace=workspace, last=None
        ) as coming,
        connect(tables, settings, read_only=True) as con,
    ):
        with coming.growing() as growing:
            growing.add(con, (*STANDARDISED, *LINKED, *RESOLVED))
        coming.add_findings(con)
        coming.keep()
