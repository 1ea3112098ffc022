"""Every example of every criterion in one graph, so that none disturbs another."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from graph_engines import GRAPH_ENGINES, graph_engine
from small_council import Example, add_council, empty_tables, read_example

from pei_graph import graph
from pei_graph.ended import find_ended
from pei_graph.settings import Settings
from pei_graph.workspace import connect

FOLDER = Path(__file__).parent
FILES = sorted(FOLDER.glob("*/*.yml"))
NAMES = [f"{file.parent.name}/{file.stem}" for file in FILES]


@dataclass(frozen=True)
class Placed:
    """An example and where it stands among the others."""

    example: Example
    prefix: str
    first_fact: int


@pytest.fixture(scope="session")
def placed() -> dict[str, Placed]:
    """Every example by pack and criterion."""
    examples: dict[str, Placed] = {}
    first = 1
    for name, file in zip(NAMES, FILES, strict=True):
        example = read_example(file)
        examples[name] = Placed(example, f"{name}/", first)
        first += len(example.facts)
    return examples


@pytest.fixture(scope="session", params=GRAPH_ENGINES)
def settings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    """Settings that name each engine in turn."""
    with graph_engine(request.param, tmp_path_factory.mktemp("engine")) as engine:
        yield Settings(graph_buffer_mb=512, **engine)


@pytest.fixture(scope="session")
def store(
    placed: dict[str, Placed], settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[graph.GraphStore]:
    """The graph that holds every example."""
    folder = tmp_path_factory.mktemp("examples")
    with connect(folder / "tables.duckdb", settings) as con:
        empty_tables(con)
        for one in placed.values():
            add_council(con, one.example, prefix=one.prefix, first_fact=one.first_fact)
        [as_of] = {one.example.as_of for one in placed.values()}
        find_ended(con, {}, as_of=as_of)
    graph.build(folder / "tables.duckdb", folder / "graph.lbug", settings, contracts={})
    with graph.open_graph(folder / "graph.lbug", settings) as opened:
        yield opened
