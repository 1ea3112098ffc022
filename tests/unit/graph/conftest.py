"""Two invented families in the tables between stages, and the graph made of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from graph_engines import GRAPH_ENGINES, graph_engine
from small_council import Council, add_council, empty_tables

from pei_graph import graph, tables
from pei_graph.settings import Settings
from pei_graph.workspace import RunFolder, connect

SETTINGS = Settings(graph_buffer_mb=512, threads=2)
COUNCIL = Path(__file__).parent / "council.yml"


def filled(folder: Path) -> RunFolder:
    """Return a run whose tables hold the two families."""
    run = RunFolder(1, folder)
    council = Council.model_validate(yaml.safe_load(COUNCIL.read_text(encoding="utf-8")))
    with connect(run.tables, SETTINGS) as con:
        empty_tables(con)
        add_council(con, council)
    return run


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    """A run of this test's own, its graph not yet built."""
    return filled(tmp_path)


@pytest.fixture(scope="session", params=GRAPH_ENGINES)
def settings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    """Settings that name each engine in turn; its graph is shared by tests that only read."""
    with graph_engine(request.param, tmp_path_factory.mktemp("engine")) as engine:
        yield SETTINGS.model_copy(update=engine)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> RunFolder:
    """A run with its graph and two findings, shared by tests that only read."""
    run = filled(tmp_path_factory.mktemp("graph"))
    with connect(run.tables, SETTINGS) as con:
        con.execute(
            f"INSERT INTO {tables.CRITERIA.name}"
            " VALUES ('p', 'plan', 'children_who_need_help', 'person', 'On a plan', 'It counts',"
            " '{}', NULL, NULL, NULL, DATE '2026-11-01')"
        )
        con.execute(
            f"INSERT INTO {tables.FINDINGS.name}"
            " VALUES ('p', 'plan', 'children_who_need_help', 'person', 'tim', 'F-1', 'met',"
            " DATE '2026-02-01', 1, [2], 'On a plan.'),"
            " ('p', 'plan', 'children_who_need_help', 'family', 'F-2', 'F-2', 'cusp',"
            " NULL, 1, [4], 'Nearly.')"
        )
    graph.build(run.tables, run.graph, settings, contracts={})
    return run


@pytest.fixture(scope="session")
def store(built: RunFolder, settings: Settings) -> Iterator[graph.GraphStore]:
    """The shared graph, open."""
    with graph.open_graph(built.graph, settings) as opened:
        yield opened
