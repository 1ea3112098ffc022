"""Delivered files of invented people, and what extract makes of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pei_graph import sql
from pei_graph.contract import Contract
from pei_graph.extract import ask_databases, extract

AS_OF = date(2026, 1, 31)
CHILD = {"role": "child", "key": "id", "fields": {"forename": "name"}}


def contract_of(**lists: dict[str, Any]) -> Contract:
    """Return a contract ``s`` with the lists given; each has a child with ``id`` and ``name``."""
    whole = {
        "id": "s",
        "title": "Invented system",
        "agency": "Invented agency",
        "owner": "Invented owner",
        "contact": {"team": "Invented team"},
        "freshness": {"every": "daily", "since": "2020", "covers": "Invented Town"},
        "missing": ["n/a"],
        "lists": {
            name: {"title": name, "people": [CHILD], **given} for name, given in lists.items()
        },
    }
    return Contract.model_validate(whole)


@dataclass(frozen=True, slots=True)
class Extracted:
    """The tables that extract made."""

    con: duckdb.DuckDBPyConnection

    def rows(self, columns: str, table: str) -> list[tuple[Any, ...]]:
        """Return columns of a table, in the order of all of them."""
        return self.con.execute(f"SELECT {columns} FROM {table} ORDER BY ALL").fetchall()

    def raw(
        self, columns: str = "_row, id, name", list_id: str = "people"
    ) -> list[tuple[Any, ...]]:
        """Return columns of a list's RAW table."""
        return self.rows(columns, sql.raw_table("s", list_id))

    def quarantined(self, columns: str = "row, rule") -> list[tuple[Any, ...]]:
        """Return columns of QUARANTINE."""
        return self.rows(columns, "quarantine")

    def issues(self, columns: str = "rule, severity") -> list[tuple[Any, ...]]:
        """Return columns of ISSUES."""
        return self.rows(columns, "issues")

    def deliveries(self, columns: str = "list, status, rows_in") -> list[tuple[Any, ...]]:
        """Return columns of DELIVERIES."""
        return self.rows(columns, "deliveries")

    def adds_up(self, *lists: str) -> bool:
        """Return whether every delivery's rows are in RAW, in QUARANTINE or in a later one."""
        raw = " UNION ALL ".join(
            f"SELECT _delivery FROM {sql.raw_table('s', each)}" for each in lists
        )
        wrong = self.con.execute(
            f"""
            WITH kept AS (
                SELECT _delivery AS delivery_id, count(*) AS rows FROM ({raw}) GROUP BY ALL
            ),
            aside AS (SELECT delivery_id, count(*) AS rows FROM quarantine GROUP BY ALL)
            SELECT count(*)
            FROM deliveries
            LEFT JOIN kept USING (delivery_id)
            LEFT JOIN aside USING (delivery_id)
            WHERE rows_in <> coalesce(kept.rows, 0) + coalesce(aside.rows, 0) + repeated
            """
        ).fetchone()
        return wrong == (0,)


Extracting = Callable[..., Extracted]


@pytest.fixture(name="contract_of")
def _contract_of() -> Callable[..., Contract]:
    return contract_of


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a database such as a run has: in memory, rows in no promised order."""
    with duckdb.connect(config={"preserve_insertion_order": False, "threads": 2}) as database:
        yield database


@pytest.fixture
def delivered(tmp_path: Path, con: duckdb.DuckDBPyConnection) -> Extracting:
    """Give a function that writes files, named by path, and extracts them by lists."""

    def deliver(files: dict[str, str | bytes], **lists: dict[str, Any]) -> Extracted:
        folder = tmp_path / "delivered"
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        answers = tmp_path / "answers"
        contracts = {"s": contract_of(**lists)}
        unanswered = ask_databases(contracts, answers, on=AS_OF)
        extract(con, contracts, [folder, answers], unanswered=unanswered)
        return Extracted(con)

    return deliver
