"""Small councils evaluated whole: tables, graph, packs."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import yaml
from small_council import Council, add_council, empty_tables

from pei_graph import criteria, graph
from pei_graph.settings import Settings
from pei_graph.workspace import RunFolder, connect

SETTINGS = Settings(graph_buffer_mb=512, threads=2)


@pytest.fixture(scope="session")
def council() -> Council:
    """The council beside this file."""
    text = (Path(__file__).parent / "council.yml").read_text(encoding="utf-8")
    return Council.model_validate(yaml.safe_load(text))


def evaluated(folder: Path, council: Council) -> duckdb.DuckDBPyConnection:
    """Return the tables of a run over the council, its criteria evaluated."""
    tables = folder / "tables.duckdb"
    with connect(tables, SETTINGS) as con:
        empty_tables(con)
        add_council(con, council)
    graph.build(tables, folder / "graph.lbug", SETTINGS, contracts={})
    con = connect(tables, SETTINGS)
    with graph.open_graph(folder / "graph.lbug", SETTINGS) as store:
        criteria.evaluate(con, store, criteria.read_packs(), as_of=council.as_of)
    return con


@pytest.fixture(scope="session")
def con(
    tmp_path_factory: pytest.TempPathFactory, council: Council
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables of the council beside this file, evaluated."""
    with evaluated(tmp_path_factory.mktemp("criteria"), council) as con:
        yield con


@pytest.fixture
def last(tmp_path: Path, council: Council) -> RunFolder:
    """A run over the council of a test's own, evaluated and closed."""
    run = RunFolder(1, tmp_path / "last")
    run.folder.mkdir()
    evaluated(run.folder, council).close()
    return run
