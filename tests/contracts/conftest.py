"""Deliveries in the layouts of the national returns, of invented children."""

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from loaders import CONTRACTS
from pei_graph.contract import Contract, read_contract
from pei_graph.extract import extract

NATIONAL = ("annex_a", "cin_census", "school_census", "ssda903")
SYSTEMS = ("capita_one", "childview", "dwp")


@pytest.fixture(scope="session")
def national() -> dict[str, Contract]:
    """The packaged contracts of the national returns."""
    return {name: read_contract(CONTRACTS / f"{name}.yml") for name in NATIONAL}


@pytest.fixture(scope="session")
def systems() -> dict[str, Contract]:
    """The packaged contracts of some of the council's and its partners' systems."""
    return {name: read_contract(CONTRACTS / f"{name}.yml") for name in SYSTEMS}


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a database such as a run has."""
    with duckdb.connect(config={"preserve_insertion_order": False, "threads": 2}) as database:
        yield database


@pytest.fixture
def load(
    tmp_path: Path,
    con: duckdb.DuckDBPyConnection,
    national: dict[str, Contract],
    systems: dict[str, Contract],
) -> Callable[[dict[str, str | bytes]], duckdb.DuckDBPyConnection]:
    """Give a function that extracts files, named by path, by the packaged contracts."""

    def deliver(files: dict[str, str | bytes]) -> duckdb.DuckDBPyConnection:
        for name, content in files.items():
            path = tmp_path / "sources" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        extract(con, national | systems, [tmp_path / "sources"])
        return con

    return deliver
