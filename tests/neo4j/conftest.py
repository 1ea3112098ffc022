"""A Neo4j server, and an invented council whose graph stands both in a file and on the server."""

import shutil
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from graph_engines import Neo4j, neo4j_server

from pei_graph import pipeline
from pei_graph.settings import Settings
from pei_graph.synthetic import generate
from pei_graph.workspace import Workspace

SMALL = Settings(graph_buffer_mb=256, memory_limit="1GB", threads=2)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4j]:
    """A server with an empty database."""
    with neo4j_server(tmp_path_factory.mktemp("server") / "neo4j") as started:
        yield started


@pytest.fixture(scope="module")
def council(server: Neo4j, tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """800 invented people, run once with each engine by the same model."""
    folder = tmp_path_factory.mktemp("council")
    filed, served = Workspace(folder / "filed"), Workspace(folder / "served")
    settings = SMALL.model_copy(update=server.settings)
    generate(folder, people=800, seed=3)
    pipeline.run(filed, [folder / "sources"], settings=SMALL)
    shutil.copytree(filed.models, served.models)
    pipeline.run(served, [folder / "sources"], settings=settings)
    return SimpleNamespace(
        sources=folder / "sources", filed=filed, served=served, small=SMALL, settings=settings,
        server=server,
    )  # fmt: skip
