"""Candidate pairs, scored by the model.

In: ``comparables``, trained settings, ``identifier_pairs``. Out: the table ``scored``: a pair, its
weight in bits, and each comparison's bits, as Splink names them.
"""

from typing import Any

import duckdb
from splink import Linker

from pei_graph.link import scripts
from pei_graph.link.training import clear, linker, quiet


def score(con: duckdb.DuckDBPyConnection, settings: dict[str, Any], *, floor: float) -> None:
    """The table ``scored`` stands: every candidate pair with its model weight and bits.

    Pairs that a blocking rule found and that weigh less than ``floor`` bits are left out.
    """
    with quiet():
        scorer = linker(con, settings)
        blocked = scorer.inference.predict(threshold_match_weight=floor, warning_mode="never")
        con.execute("DROP TABLE IF EXISTS scored")
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
