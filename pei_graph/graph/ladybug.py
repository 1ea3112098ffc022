"""The graph in Ladybug: an embedded engine, one file, read by many threads.

The only module that imports ``ladybug``. Run as a program it loads Parquet files into a graph, a
statement a line of its input as they come, and ends with its input: a defect in the engine's loader
can then take only that process with it.
"""

import ctypes
import json
import queue
import re
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self, cast

import ladybug
import pyarrow as pa

from pei_graph.errors import GraphError
from pei_graph.graph.queries import explore_query
from pei_graph.settings import Settings

MIB = 1 << 20
PR_SET_PDEATHSIG = 1
"""Linux's prctl(2): the signal that this process gets when its parent dies."""
LABEL = re.compile(r"^[A-Z][A-Za-z]*$")
NAME = re.compile(r"^[a-z_]+$")
SECOND_MS = 1000
CONNECTIONS = 4
"""As many questions run at once; each may use every thread of the settings."""


class LadybugStore:
    """A Ladybug file opened for reading; a connection serves one thread at a time.

    A connection keeps the plan of every query it has seen, 1 to 10 MB each, and closing it does not
    give them back: connections are therefore few and shared, not one a thread.
    """

    def __init__(self, file: Path, settings: Settings) -> None:
        """Open ``file`` read-only; raises ``GraphError`` where that fails."""
        self._database = _open(file, settings, read_only=True)
        self._idle: queue.LifoQueue[Any] = queue.LifoQueue()
        for _ in range(CONNECTIONS):
            connection = ladybug.Connection(self._database)
            connection.set_query_timeout(settings.query_timeout_s * SECOND_MS)
            self._idle.put(connection)

    @contextmanager
    def _result(self, text: str, parameters: dict[str, Any]) -> Iterator[Any]:
        connection = self._idle.get()
        try:
            result = connection.execute(text, parameters)
            try:
                yield result
            finally:
                result.close()
        except RuntimeError as error:
            raise _plain(error) from None
        finally:
            self._idle.put(connection)

    def rows(self, question: str, **parameters: Any) -> list[dict[str, Any]]:
        """Return the rows of a named question, or of a query given as text."""
        text = question
        if NAME.match(question):
            query = explore_query(question)
            text, parameters = query.text, query.values(parameters)
        with self._result(text, parameters) as result:
            return cast("list[dict[str, Any]]", list(result.rows_as_dict()))

    def table(self, text: str, **parameters: Any) -> pa.Table:
        """Return all rows of a query given as text, as an Arrow table."""
        with self._result(text, parameters) as result:
            return result.get_as_arrow()

    def count(self, label: str) -> int:
        """Return how many nodes have a label of the schema."""
        if not LABEL.match(label):
            raise GraphError(f"{label} is no label", do="See cypher/schema for the labels")
        return int(self.rows(f"MATCH (n:{label}) RETURN count(*) AS nodes")[0]["nodes"])

    def check(self) -> None:
        """The graph answers; raises ``GraphError`` where it does not."""
        self.count("Person")

    def close(self) -> None:
        """Nothing of the graph stays open."""
        for _ in range(CONNECTIONS):
            self._idle.get().close()
        self._database.close()

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing of the graph stays open."""
        self.close()


def _open(file: Path, settings: Settings, *, read_only: bool) -> Any:
    if read_only and not file.exists():
        raise GraphError("There is no graph", do="Run `pei run SOURCES --workspace W` first")
    try:
        return ladybug.Database(
            str(file),
            read_only=read_only,
            buffer_pool_size=settings.graph_buffer_mb * MIB,
            max_num_threads=settings.threads,
        )
    except RuntimeError as error:
        raise _plain(error) from None


def _plain(error: RuntimeError) -> GraphError:
    # The engine's messages quote keys, which may speak of a person: only their kind is passed on.
    kind = str(error).partition(":")[0].strip(". ")
    if kind == "Interrupted":
        return GraphError("The question took too long", do="Ask for less, or raise the timeout")
    return GraphError(f"The graph engine refused a query ({kind})", do="Check the query's text")


def load(graph: Path, statements: Iterable[str], settings: Settings) -> None:
    """Every statement has run against ``graph``, which is made if it is not there.

    Raises ``GraphError`` naming the table whose statement failed.
    """
    database = _open(graph, settings, read_only=False)
    connection = ladybug.Connection(database)
    try:
        for statement in statements:
            _run(connection, statement)
    finally:
        connection.close()
        database.close()


def _run(connection: Any, statement: str) -> None:
    try:
        connection.execute(statement)
    except RuntimeError as error:
        words = " ".join(statement.split()[:4])
        raise GraphError(f"{_plain(error).what} at `{words}`") from None


def _end_with_parent() -> None:
    """This process is killed when its parent dies, so that nothing writes to a graph left behind.

    Elsewhere than on Linux it ends a little later, when it finds that nobody tells it any more.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    _end_with_parent()
    plan = json.loads(sys.stdin.readline())
    lines = (json.loads(line) for line in sys.stdin)
    try:
        load(Path(plan["graph"]), lines, Settings.model_validate(plan["settings"]))
    except GraphError as problem:
        sys.exit(problem.what)
