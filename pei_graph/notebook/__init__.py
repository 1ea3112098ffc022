"""A council's graph in an analyst's notebook: as networkx, pandas, py2neo and a picture.

In: a workspace with a run. Out: a :class:`Notebook`. The graph may be a file or stand on a Neo4j
server; only what speaks of py2neo needs the server. pandas, pyvis and py2neo come with extras,
``pei-graph[notebook]``: nothing else in the product needs them. Nobody sealed is in what is handed
out unless the notebook was opened with ``see_sealed=True``. Nothing is judged or written.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from pei_graph.errors import PeiError
from pei_graph.graph import GraphStore, explore_names, explore_query, open_graph
from pei_graph.layout import readable_run
from pei_graph.notebook.seen import Seen
from pei_graph.settings import Settings
from pei_graph.settings import settings as of_the_environment
from pei_graph.workspace import Workspace

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from pandas import DataFrame
    from py2neo import Graph, Subgraph

    from pei_graph.notebook.drawing import Picture

__all__ = ["Notebook", "NotebookError", "open_notebook"]


class NotebookError(PeiError):
    """A notebook cannot be given what it asks for here."""

    exit_code = 14


class Notebook:
    """The newest run's graph as one analyst may see it."""

    def __init__(self, store: GraphStore, settings: Settings, *, see_sealed: bool) -> None:
        """Ask ``store``, which is closed with the notebook."""
        self._ending = ExitStack()
        self._ending.callback(store.close)
        self._settings = settings
        self._seen = Seen(store, see_sealed=see_sealed)

    @property
    def on_server(self) -> bool:
        """Return whether the graph stands on a Neo4j server, so that py2neo can reach it."""
        return bool(self._settings.graph_url)

    def questions(self) -> "DataFrame":
        """Return the named questions: what each answers, and what it must be given."""
        with _installed():
            import pandas as pd  # noqa: PLC0415 - an extra
        headers = [explore_query(name).header for name in explore_names()]
        told = [
            (each.id, each.title, ", ".join(n for n, p in each.parameters.items() if p.given))
            for each in headers
        ]
        return pd.DataFrame(told, columns=["question", "answers", "given"])

    def ask(self, question: str, **parameters: Any) -> "DataFrame":
        """Return the answer to a named question of ``cypher/explore``, a row a line.

        Raises ``GraphError`` where there is no such question, or it takes other parameters.
        """
        with _installed():
            import pandas as pd  # noqa: PLC0415 - an extra
        rows = self._seen.rows(question, **parameters)
        return pd.DataFrame(rows, columns=list(explore_query(question).header.returns))

    def neighbourhood(self, start: str, *, steps: int = 1) -> "MultiDiGraph[str]":
        """Return a family, or a person with their family, and everybody within some steps of them.

        Nodes are people, families and sources; each says its ``label``. Edges are of the ``type``
        MEMBER_OF, RELATED_TO, MAY_BE (a possible match) or KNOWN_TO. Raises ``GraphError`` where
        there is nobody of that id whom the analyst may see.
        """
        # networkx takes half a second to import; who only asks questions does not wait for it.
        from pei_graph.notebook.neighbourhood import neighbourhood  # noqa: PLC0415

        return neighbourhood(self._seen, start, steps=steps)

    def picture(self, start: str, *, steps: int = 1) -> "Picture":
        """Return the neighbourhood drawn, as one HTML file that needs nothing else."""
        with _installed():
            from pei_graph.notebook.drawing import drawn  # noqa: PLC0415 - an extra
        return drawn(self.neighbourhood(start, steps=steps), title=f"Around {start}")

    def graph(self) -> "Graph":
        """Return the server's graph in py2neo, which filters nothing and may change it.

        Raises ``NotebookError`` where there is no server, or the analyst may not see sealed people.
        """
        self._require_server()
        if not self._seen.see_sealed:
            raise NotebookError(
                "py2neo's graph holds sealed people too",
                do="Open the notebook with see_sealed=True if you may see them, or use `subgraph`",
            )
        return self._connected

    def subgraph(self, start: str, *, steps: int = 1) -> "Subgraph":
        """Return the neighbourhood's people, families and homes as py2neo has them on the server.

        Raises ``NotebookError`` where there is no server.
        """
        self._require_server()
        around = self.neighbourhood(start, steps=steps)
        with _installed():
            from pei_graph.notebook.served import subgraph  # noqa: PLC0415 - an extra
        return subgraph(self._connected, around, see_sealed=self._seen.see_sealed)

    @cached_property
    def _connected(self) -> "Graph":
        with _installed():
            from pei_graph.notebook.served import connected  # noqa: PLC0415 - an extra
        return self._ending.enter_context(connected(self._settings))

    def _require_server(self) -> None:
        if not self.on_server:
            raise NotebookError(
                "This graph is a file, which py2neo cannot read",
                do="Use `neighbourhood`, or put the graph on a server: see docs/neo4j.md",
            )

    def close(self) -> None:
        """Nothing of the graph stays open."""
        self._ending.close()

    def __enter__(self) -> Self:
        """Return the notebook."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing of the graph stays open."""
        self.close()


def open_notebook(
    workspace: str | Path, *, see_sealed: bool = False, settings: Settings | None = None
) -> Notebook:
    """Return the newest run's graph, by the settings of the environment unless others are given.

    Raises ``WorkspaceError`` before the first run, ``GraphError`` where its graph cannot be read.
    """
    chosen = settings or of_the_environment()
    run = readable_run(Workspace(Path(workspace)))
    return Notebook(open_graph(run.graph, chosen), chosen, see_sealed=see_sealed)


@contextmanager
def _installed() -> Iterator[None]:
    """What an extra brings is imported in the body; the error where it is not names the extra."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise NotebookError(
            f"{error.name} is not installed", do="Install the extra: pei-graph[notebook]"
        ) from None
