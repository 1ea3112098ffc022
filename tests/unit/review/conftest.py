"""The small invented council's tables, and a ledger of its own for each test."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from mini_council import ROWS

from pei_graph.ledger import Ledger, open_ledger
from pei_graph.settings import Settings
from pei_graph.tables import STAGE_TABLES


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """A finished run of the small council."""
    with duckdb.connect(config={"threads": 1}) as opened:
        for table in STAGE_TABLES:
            opened.execute(table.ddl)
        opened.execute(ROWS.read_text(encoding="utf-8"))
        yield opened


@pytest.fixture
def ledger(tmp_path: Path, kept: Settings) -> Iterator[Ledger]:
    """An empty ledger in either database."""
    with open_ledger(tmp_path / "ledger.sqlite", kept) as opened:
        yield opened


class Links:
    """Adds scored pairs to the council."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        """Forget the links that there are."""
        self._con = con
        con.execute("DELETE FROM links")

    def add(self, left: str, right: str, weight: float = 2.0, **given: Any) -> None:
        """A possible pair stands, unless said otherwise."""
        bits = dict.fromkeys(
            ("forename", "surname", "birth_date", "sex", "address", "identifier", "household",
             "age_band"), 0.0,
        )  # fmt: skip
        low, high = sorted((left, right))
        row = {
            "record_l": low, "record_r": high, "weight": weight, "probability": 0.5,
            "reason": "model", "match_key": "+forename", "state": "possible", "bits": bits, **given,
        }  # fmt: skip
        marks = ", ".join(f"${name}" for name in row)
        self._con.execute(f"INSERT INTO links ({', '.join(row)}) VALUES ({marks})", row)


@pytest.fixture
def links(con: duckdb.DuckDBPyConnection) -> Links:
    """What adds scored pairs to the council, which has none."""
    return Links(con)
