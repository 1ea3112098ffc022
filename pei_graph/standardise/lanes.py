"""Sources are read side by side, so that every core has work; the lists of one in their order.

What lanes share lies in ``working``, a database in memory, for a temporary table belongs to one
connection. Sources share no record, so the order in which they are read changes nothing.
"""

from collections.abc import Callable, Sequence

import duckdb

from pei_graph.lanes import side_by_side
from pei_graph.standardise.plan import Plan

ReadSource = Callable[[duckdb.DuckDBPyConnection, Sequence[Plan]], None]
"""Reads the lists of one source by a connection that is for its lane alone."""


def read_in_lanes(
    con: duckdb.DuckDBPyConnection, sources: Sequence[Sequence[Plan]], read: ReadSource
) -> None:
    """Every source has been read, as many at a time as DuckDB may use threads.

    The longest begin first. What ``read`` raises is raised once every lane has stopped.
    """
    longest_first = sorted(sources, key=lambda plans: -sum(plan.rows for plan in plans))
    side_by_side(con, longest_first, read)
