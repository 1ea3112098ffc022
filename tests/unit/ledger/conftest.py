"""A ledger of its own for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pei_graph.ledger import Ledger, open_ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger, closed at the end."""
    with open_ledger(tmp_path / "precious" / "ledger.sqlite") as opened:
        yield opened
