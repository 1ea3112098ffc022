"""A graph opened for reading, by many threads, in Ladybug.

In: a graph's file. Out: a :class:`~pei_graph.graph.store.GraphStore`. Nothing here writes.
"""

import queue
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Self, cast

import pyarrow as pa

from pei_graph.errors import GraphError
from pei_graph.graph.asking import LABEL, NAME, one_by_one
from pei_graph.graph.ladybug import connected, opened, refused
from pei_graph.graph.store import Rows
from pei_graph.settings import Settings

CONNECTIONS = 4
"""As many questions of pages run at once, each on one thread: it ends sooner than if it had to
wake others, and longer questions of one reader do not hold up another's."""
BESIDE = 3
"""As many questions of one page are asked side by side: while one is read, others are answered."""
FEW = 16
"""As many people a question is asked of one by one: it finds one by key, and of several reads all,
which among a million records takes as long as twenty."""
KEPT = {"kept": True}
"""A parameter no question uses: the plan of a query is kept only if it is given one."""

Connections = queue.LifoQueue[Any]


class LadybugStore:
    """A Ladybug file opened for reading; a connection serves one thread at a time.

    A connection keeps the plan of every query it has seen, 1 to 10 MB each, and closing it does not
    give them back: connections are therefore few and shared, not one a thread.
    """

    def __init__(self, file: Path, settings: Settings) -> None:
        """Open ``file`` read-only; raises ``GraphError`` where that fails."""
        if not file.exists():
            raise GraphError("There is no graph", do="Run `pei run SOURCES --workspace W` first")
        self._database = opened(
            file, buffer_mb=settings.graph_buffer_mb, threads=settings.threads, read_only=True
        )
        self._idle = self._connections(CONNECTIONS, settings, threads=1)
        self._whole = self._connections(1, settings, threads=settings.threads)
        self._beside = ThreadPoolExecutor(BESIDE, "graph")

    def _connections(self, many: int, settings: Settings, *, threads: int) -> Connections:
        idle = Connections()
        for _ in range(many):
            idle.put(connected(self._database, timeout_s=settings.query_timeout_s, threads=threads))
        return idle

    @contextmanager
    def _result(self, idle: Connections, text: str, parameters: dict[str, Any]) -> Iterator[Any]:
        connection = idle.get()
        try:
            result = connection.execute(text, parameters)
            try:
                yield result
            finally:
                result.close()
        except RuntimeError as error:
            raise refused(error) from None
        finally:
            idle.put(connection)

    def answers(self, questions: Sequence[str], **parameters: Any) -> Iterator[Rows]:
        """Return the rows of each of several questions that take the same parameters, in turn."""
        return self._beside.map(partial(self.rows, **parameters), questions)

    def rows(self, question: str, **parameters: Any) -> Rows:
        """Return the rows of a named question, or of a query given as text."""
        if not NAME.match(question):
            return self._rows(question, parameters)
        asked = one_by_one(question, parameters, few=FEW)
        found = [row for text, given in asked for row in self._rows(text, given or KEPT)]
        return found if len(asked) == 1 else _together(found, most=asked[0][1].get("most"))

    def _rows(self, text: str, parameters: dict[str, Any]) -> Rows:
        with self._result(self._idle, text, parameters) as result:
            return cast("Rows", list(result.rows_as_dict()))

    def table(self, text: str, **parameters: Any) -> pa.Table:
        """Return all rows of a query over the whole graph, as an Arrow table."""
        with self._result(self._whole, text, parameters) as result:
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
        self._beside.shutdown()
        for _ in range(CONNECTIONS):
            self._idle.get().close()
        self._whole.get().close()
        self._database.close()

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing of the graph stays open."""
        self.close()


def _together(found: Rows, *, most: int | None) -> Rows:
    """Return the rows of several answers, those once that two of them have."""
    once = {str(row): row for row in found}
    return list(islice(once.values(), most))
