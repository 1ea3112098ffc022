"""A small invented council's graph on each engine, and notebooks opened on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from graph_engines import GRAPH_ENGINES, graph_engine
from mini_council import make_workspace

from pei_graph.notebook import Notebook, open_notebook
from pei_graph.settings import Settings

SETTINGS = Settings(graph_buffer_mb=512, memory_limit="500MB", threads=2)


@pytest.fixture(scope="session", params=GRAPH_ENGINES)
def settings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    """Settings that name each engine in turn."""
    with graph_engine(request.param, tmp_path_factory.mktemp("engine")) as engine:
        yield SETTINGS.model_copy(update=engine)


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Path:
    """A workspace whose run's graph stands on the engine."""
    return make_workspace(tmp_path_factory.mktemp("council") / "workspace", settings).root


@pytest.fixture
def analyst(workspace: Path, settings: Settings) -> Iterator[Notebook]:
    """A notebook of somebody who may not see what is sealed."""
    with open_notebook(workspace, settings=settings) as opened:
        yield opened


@pytest.fixture
def seeing(workspace: Path, settings: Settings) -> Iterator[Notebook]:
    """A notebook of somebody who may see everything."""
    with open_notebook(workspace, see_sealed=True, settings=settings) as opened:
        yield opened
