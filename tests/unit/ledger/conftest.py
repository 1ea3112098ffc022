"""A ledger of its own for each test, in each of the databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pei_graph.ledger import Ledger, open_ledger
from pei_graph.settings import Settings


@pytest.fixture
def ledger(tmp_path: Path, kept: Settings) -> Iterator[Ledger]:
    """An empty ledger in either database, closed at the end."""
    with open_ledger(tmp_path / "precious" / "ledger.sqlite", kept) as opened:
        yield opened
