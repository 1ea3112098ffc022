"""Candidate pairs, scored by the model.

In: ``comparables``, trained settings, ``identifier_pairs``. Out: the table ``scored``: a pair, its
weight in bits, and each comparison's bits.
"""

from typing import Any

import duckdb
from splink import Linker

from pei_graph.link import scripts
from pei_graph.link.settings import COMPARISONS
from pei_graph.link.training import clear, linker, quiet

_KEPT = ", ".join(
    (
        "n_l",
        "n_r",
        "match_key",
        "match_weight",
        *(f"mw_{name}" for name in COMPARISONS),
        "mw_tf_adj_forename",
        "mw_tf_adj_surname",
    )
)


def score(con: duckdb.DuckDBPyConnection, settings: dict[str, Any]) -> None:
    """The table ``scored`` stands: every candidate pair with its model weight and bits."""
    with quiet():
        scorer = linker(con, settings)
        _keep(con, "CREATE OR REPLACE TABLE scored AS", scorer)
        scripts.execute(con, "candidates.sql")
        api = scorer.table_management
        api.register_blocked_pairs_for_predict(api.register_table("candidates", "candidates_"))
        _keep(con, "INSERT INTO scored BY NAME", scorer)
        clear(scorer)


def _keep(con: duckdb.DuckDBPyConnection, into: str, scorer: Linker) -> None:
    predicted = scorer.inference.predict(warning_mode="never")
    con.execute(f"{into} SELECT {_KEPT} FROM {predicted.physical_name}")
    predicted.drop_table_from_database_and_remove_from_cache()
