"""What is imported is declared, and what is declared is used."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Sequence
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

OWN = {"pei_graph", "loaders", "cypher", "webapp"}

UNSEEN: dict[str, str] = {
    "govuk-frontend-jinja": "its templates are loaded by name",
    "neo4j-rust-ext": "the driver of Neo4j packs and unpacks several times faster by it",
}
"""Packages that are needed though nothing imports them by name, each with the reason."""


def _imported(repository: Path, files: Iterable[Path]) -> set[str]:
    """The distributions that files import from."""
    names: set[str] = set()
    for file in files:
        for node in ast.walk(ast.parse((repository / file).read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.split(".")[0])
    owners = packages_distributions()
    foreign = (names - OWN - sys.stdlib_module_names) & set(owners)
    return {canonicalize_name(owner) for name in foreign for owner in owners[name]}


@pytest.fixture(scope="module")
def imported(repository: Path, modules: Sequence[Path]) -> set[str]:
    """The distributions that the four packages import from."""
    return _imported(repository, modules)


@pytest.fixture(scope="module")
def declared(repository: Path) -> set[str]:
    """The distributions that the project says it needs to run."""
    project = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))["project"]
    return {canonicalize_name(Requirement(text).name) for text in project["dependencies"]}


@pytest.fixture(scope="module")
def optional(repository: Path) -> set[str]:
    """The distributions that an extra brings."""
    project = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    return {canonicalize_name(Requirement(text).name) for texts in extras for text in texts}


def test_every_import_is_declared(
    imported: set[str], declared: set[str], optional: set[str]
) -> None:
    """Nothing is imported that only another package happens to bring."""
    assert imported - declared - optional == set()


def test_what_an_extra_brings_is_imported_when_it_is_asked_for(optional: set[str]) -> None:
    """The product and a notebook start without any extra, and do not wait for networkx."""
    owners = packages_distributions()
    extras = {name for name in owners if {canonicalize_name(o) for o in owners[name]} & optional}
    slow = {"networkx", *extras}
    asked = f"import sys, pei_graph.notebook, pei_graph.cli; print(*{slow} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert {"pandas", "py2neo", "pyvis"} <= extras
    assert told.stdout.split() == []


def test_every_declared_package_is_imported(imported: set[str], declared: set[str]) -> None:
    """Nothing is installed at every council that the product does not use."""
    assert declared - imported == set(UNSEEN)


def test_every_import_of_the_tests_is_declared(
    repository: Path, tracked: Sequence[Path], declared: set[str], optional: set[str]
) -> None:
    """Tests and benchmarks import what the project or its development group declares."""
    project = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))
    groups = {canonicalize_name(Requirement(r).name) for r in project["dependency-groups"]["dev"]}
    files = [f for f in tracked if f.suffix == ".py" and f.parts[0] in {"tests", "benchmarks"}]
    assert _imported(repository, files) - declared - optional - groups == set()
