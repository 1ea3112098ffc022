"""Candidate pairs, scored by the model.

In: ``comparables``, trained settings, ``identifier_pairs``. Out: ``scored``: a pair, its
weight in bits, and each comparison's bits, as Splink names them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb
from splink import Linker

from pei_graph.link import scripts
from pei_graph.link.training import clear, linker, quiet
from pei_graph.workspace import in_memory, looking_in


@contextmanager
def scored(
    con: duckdb.DuckDBPyConnection, settings: dict[str, Any], *, floor: float
) -> Iterator[None]:
    """While the body runs ``scored`` holds every candidate pair, its model weight and its bits.

    Pairs that a blocking rule found and that weigh less than ``floor`` bits are left out. All of it
    lies in memory, spilled where that is short: it is read once, and not worth packing for a file.
    """
    with in_memory(con, "scratch"):
        with looking_in(con, "scratch"), quiet():
            _score(con, settings, floor=floor)
        con.execute("CREATE OR REPLACE TEMP VIEW scored AS FROM scratch.scored")
        yield
        con.execute("DROP VIEW temp.scored")


def _score(con: duckdb.DuckDBPyConnection, settings: dict[str, Any], *, floor: float) -> None:
    scorer = linker(con, settings)
    blocked = scorer.inference.predict(threshold_match_weight=floor, warning_mode="never")
    con.execute(f"ALTER TABLE {blocked.physical_name} RENAME TO scored")
    scripts.execute(con, "candidates.sql")
    if con.execute("FROM candidates LIMIT 1").fetchall():
        _add_candidates(con, scorer)
    clear(scorer)


def _add_candidates(con: duckdb.DuckDBPyConnection, scorer: Linker) -> None:
    tables = scorer.table_management
    tables.register_blocked_pairs_for_predict(tables.register_table("candidates", "candidates_"))
    more = scorer.inference.predict(warning_mode="never")
    con.execute(f"INSERT INTO scored BY NAME FROM {more.physical_name}")
