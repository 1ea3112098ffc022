"""The graph: built from a run's tables, asked in Cypher.

In: the tables between stages. Out: a :class:`GraphStore`. The graph is never the only copy of
anything: it is dropped and built again at will.
"""

from pathlib import Path

from pei_graph.graph.difference import change, copy_graph
from pei_graph.graph.header import Header, Parameter, add_months
from pei_graph.graph.projection import (
    FINDINGS,
    LINKED,
    RESOLVED,
    STANDARDISED,
    Growing,
    build,
    growing,
    load_findings,
)
from pei_graph.graph.queries import Query, explore_query, read_query
from pei_graph.graph.reading import LadybugStore
from pei_graph.graph.store import GraphStore
from pei_graph.settings import Settings

__all__ = [
    "FINDINGS",
    "LINKED",
    "RESOLVED",
    "STANDARDISED",
    "GraphStore",
    "Growing",
    "Header",
    "Parameter",
    "Query",
    "add_months",
    "build",
    "change",
    "copy_graph",
    "explore_query",
    "growing",
    "load_findings",
    "open_graph",
    "read_query",
]


def open_graph(path: Path, settings: Settings) -> GraphStore:
    """Return the graph in ``path``, open for reading from several threads at once.

    Raises ``GraphError`` where there is none or it cannot be read.
    """
    return LadybugStore(path, settings)
