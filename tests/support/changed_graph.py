"""A run's graph built upon the last one's, for tests of what a difference concerns."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb

from pei_graph import graph
from pei_graph.graph.store import GraphStore
from pei_graph.refresh import beside
from pei_graph.settings import Settings
from pei_graph.workspace import RunFolder

TOLD = ((*graph.STANDARDISED, *graph.LINKED, *graph.IDENTIFIED), graph.HOUSED)
"""As a run tells it: who is who first, and homes then."""


@contextmanager
def changed(
    con: duckdb.DuckDBPyConnection,
    last: RunFolder,
    run: RunFolder,
    settings: Settings,
    note: Callable[[], None] = lambda: None,
) -> Iterator[tuple[GraphStore, GraphStore | None]]:
    """Give the run's graph, built upon the last one's, and the one of those whom that concerns.

    ``note`` adds to those who are concerned.
    """
    with (
        graph.coming_graph(
            run.graph, settings, contracts={}, workspace="invented", last=last.graph
        ) as coming,
        beside(con, last),
    ):
        assert coming.begin_upon(last.graph)
        for names in TOLD:
            coming.change(con, names, graph.NOTHING_KNOWN)
        note()
        with coming.asked() as whole, coming.near(con) as few:
            yield whole, few
