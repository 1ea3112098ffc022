"""A contract that reads columns wrongly, as a row of ISSUES."""

from collections.abc import Iterable
from typing import Literal

import duckdb

from pei_graph.tables import MISREAD


def tell(
    con: duckdb.DuckDBPyConnection,
    source: str,
    list_id: str,
    columns: Iterable[str],
    *,
    of: str,
    severity: Literal["error", "warning"],
    rows: int,
    advice: str,
) -> None:
    """ISSUES holds what the columns of a list tell wrongly: ``of`` is a key of ``MISREAD``."""
    con.execute(
        """
        INSERT INTO issues (source, list, file, "column", rule, severity, rows, advice)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
            source, list_id, f"{source} (contract)", ", ".join(columns),
            MISREAD[of], severity, rows, advice,
        ],
    )  # fmt: skip
