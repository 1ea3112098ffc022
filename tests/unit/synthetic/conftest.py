"""One small invented council, made once and read by every test of this folder."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from pei_graph.synthetic import generate

Rows = list[dict[str, str]]


@pytest.fixture(scope="session")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A council of some 1,200 people."""
    out = tmp_path_factory.mktemp("council")
    generate(out, people=1200, seed=11)
    return out


@pytest.fixture(scope="session")
def rows(council: Path) -> Callable[..., Rows]:
    """Read a delimited file of the council."""

    def read(path: str, *, delimiter: str = ",", encoding: str = "utf-8") -> Rows:
        with (council / path).open(encoding=encoding, newline="") as file:
            return list(csv.DictReader(file, delimiter=delimiter))

    return read
