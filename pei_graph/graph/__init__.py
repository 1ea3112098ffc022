"""The graph: built from a run's tables, asked in Cypher.

In: the tables between stages. Out: a :class:`GraphStore`. The graph is never the only copy of
anything: it is dropped and built again at will.
"""

from pathlib import Path

from pei_graph.graph.coming import ComingGraph, build, coming_graph, fill_stopped, was_kept
from pei_graph.graph.header import Header, Parameter, add_months
from pei_graph.graph.narrowed import NOTHING_KNOWN, Known
from pei_graph.graph.near import OWN
from pei_graph.graph.projection import (
    FINDINGS,
    HOUSED,
    IDENTIFIED,
    LINKED,
    RESOLVED,
    STANDARDISED,
    growing,
)
from pei_graph.graph.queries import Query, explore_names, explore_query, read_query
from pei_graph.graph.reading import LadybugStore
from pei_graph.graph.store import Answering, GraphStore, Question
from pei_graph.settings import Settings

__all__ = [
    "FINDINGS",
    "HOUSED",
    "IDENTIFIED",
    "LINKED",
    "NOTHING_KNOWN",
    "OWN",
    "RESOLVED",
    "STANDARDISED",
    "Answering",
    "ComingGraph",
    "GraphStore",
    "Header",
    "Known",
    "Parameter",
    "Query",
    "Question",
    "add_months",
    "build",
    "coming_graph",
    "explore_names",
    "explore_query",
    "fill_stopped",
    "growing",
    "open_graph",
    "read_query",
    "was_kept",
]


def open_graph(path: Path, settings: Settings) -> GraphStore:
    """Return a run's graph, open for reading from several threads at once.

    ``path`` is its file, or names it where the settings name a server. Raises ``GraphError`` where
    there is none or it cannot be read.
    """
    if not settings.graph_url:
        return LadybugStore(path, settings)
    # The driver takes as long to import as a small graph to open.
    from pei_graph.graph.served import open_served  # noqa: PLC0415

    return open_served(path, settings)
