"""Engine suites run where their engine is found; a required one may not be skipped.

A test marked for an engine is skipped, with the reason, where the engine is missing. With
``PEI_REQUIRE_<MARK>=1`` it fails instead, and so does any other skip within that suite. Tests
marked ``long`` hold whole runs against whole runs; they run where they are required.
"""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from importlib.util import find_spec
from pathlib import Path

import postgres_server
import pytest
from graph_engines import may_mount, neo4j_found

from pei_graph.settings import Settings

REPOSITORY = Path(__file__).parent.parent
SHARED = REPOSITORY.parent / "shared" / "data"


def _required(mark: str) -> bool:
    return os.environ.get(f"PEI_REQUIRE_{mark.upper()}", "") not in ("", "0")


def spark_found() -> bool:
    """Return whether Spark can start here."""
    return shutil.which("java") is not None and find_spec("pyspark") is not None


ENGINES: dict[str, tuple[Callable[[], bool], str]] = {
    "access": (lambda: shutil.which("mdb-export") is not None, "mdbtools is not installed"),
    "long": (lambda: _required("long"), "long: `make long`, and every `make check`"),
    "browser": (lambda: shutil.which("chromium") is not None, "Chromium is not installed"),
    "postgres": (lambda: postgres_server.binaries() is not None, "PostgreSQL is not installed"),
    "disk": (may_mount, "only who may mount a disk can fill a small one"),
    "neo4j": (neo4j_found, "Neo4j or Java is not here: `make neo4j`"),
    "spark": (
        spark_found,
        "Java is not installed, or pyspark is not: `make setup`",
    ),
    "shared": (SHARED.is_dir, "the shared national files are not beside this repository"),
    "wheel": (lambda: bool(list((REPOSITORY / "dist").glob("*.whl"))), "no wheel: `make wheel`"),
}


def _engines(item: pytest.Item) -> list[str]:
    return [mark.name for mark in item.iter_markers() if mark.name in ENGINES]


def pytest_itemcollected(item: pytest.Item) -> None:
    """Coverage is not counted in long tests: they go where others went, and counting costs half."""
    if item.get_closest_marker("long"):
        item.add_marker("no_cover")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test whose engine is missing is skipped before its fixtures start."""
    for mark in _engines(item):
        found, why = ENGINES[mark]
        if not found():
            pytest.skip(why)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skip within a required suite is reported as a failure."""
    report = yield
    required = [mark for mark in _engines(item) if _required(mark)]
    if report.skipped and required:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: the {required[0]} suite is required: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def postgres() -> Iterator[postgres_server.Server]:
    """A PostgreSQL server, for tests marked for it."""
    with postgres_server.running() as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def kept(request: pytest.FixtureRequest) -> Settings:
    """Settings of an empty ledger: in a file, and in a database of its own on a server."""
    if request.param == "sqlite":
        return Settings(graph_buffer_mb=512, memory_limit="500MB", threads=2)
    server: postgres_server.Server = request.getfixturevalue("postgres")
    return server.settings(server.database())
