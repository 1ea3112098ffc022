"""Each module reaches only what is its business: the environment, the screen, an engine."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

HOMES: dict[str, tuple[str, ...]] = {
    "splink": ("pei_graph/link/", "pei_graph/evaluation/"),
    "ladybug": ("pei_graph/graph/ladybug.py",),
    "neo4j": ("pei_graph/graph/neo4j.py",),
    "flask": ("webapp/",),
    "flask_login": ("webapp/",),
    "flask_wtf": ("webapp/",),
    "wtforms": ("webapp/",),
    "waitress": ("webapp/",),
    "networkx": (
        "pei_graph/explain/ties.py",
        "pei_graph/notebook/",
        "webapp/reads/connected.py",
    ),
    "pandas": ("pei_graph/notebook/",),
    "py2neo": ("pei_graph/notebook/",),
    "pyvis": ("pei_graph/notebook/",),
    "sqlalchemy": ("pei_graph/ledger/", "pei_graph/extract/"),
}
"""Where alone each engine may be imported, so that it can be changed in one place."""


@pytest.fixture(scope="module")
def trees(repository: Path, modules: Sequence[Path]) -> dict[str, ast.Module]:
    """Each module of the four packages, parsed, by its path."""
    return {str(file): ast.parse((repository / file).read_text("utf-8")) for file in modules}


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("engine", sorted(HOMES))
def test_an_engine_is_imported_in_its_home_alone(engine: str, trees: dict[str, ast.Module]) -> None:
    """An engine's package is imported only where the architecture puts it."""
    users = {file for file, tree in trees.items() if engine in _imported(tree)}
    assert {file for file in users if not file.startswith(HOMES[engine])} == set()


def test_the_environment_is_read_in_one_module(trees: dict[str, ast.Module]) -> None:
    """Only settings.py reads environment variables."""
    readers = {
        file
        for file, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "environb", "getenv"}
    }
    assert readers == {"pei_graph/settings.py"}


def test_nothing_prints(trees: dict[str, ast.Module]) -> None:
    """Modules return or raise; the command line alone writes to the screen, without print."""
    printers = {
        file
        for file, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    }
    assert printers == set()


def test_data_files_are_found_as_resources(trees: dict[str, ast.Module]) -> None:
    """No module climbs from `__file__`: an installed wheel finds its data through resources."""
    climbers = {
        file
        for file, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and node.id == "__file__"
    }
    assert climbers == {"webapp/build_assets.py"}
