"""What is imported is declared, and what is declared is used."""

import ast
import sys
import tomllib
from collections.abc import Sequence
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

OWN = {"pei_graph", "loaders", "cypher", "webapp"}

UNSEEN: dict[str, str] = {
    "govuk-frontend-jinja": "its templates are loaded by name",
}
"""Packages that are needed though nothing imports them by name, each with the reason."""


@pytest.fixture(scope="module")
def imported(repository: Path, modules: Sequence[Path]) -> set[str]:
    """The distributions that the four packages import from."""
    names: set[str] = set()
    for file in modules:
        for node in ast.walk(ast.parse((repository / file).read_text("utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.split(".")[0])
    foreign = names - OWN - sys.stdlib_module_names
    owners = packages_distributions()
    return {canonicalize_name(owner) for name in foreign for owner in owners[name]}


@pytest.fixture(scope="module")
def declared(repository: Path) -> set[str]:
    """The distributions that the project says it needs to run."""
    project = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))["project"]
    return {canonicalize_name(Requirement(text).name) for text in project["dependencies"]}


def test_every_import_is_declared(imported: set[str], declared: set[str]) -> None:
    """Nothing is imported that only another package happens to bring."""
    assert imported - declared == set()


def test_every_declared_package_is_imported(imported: set[str], declared: set[str]) -> None:
    """Nothing is installed at every council that the product does not use."""
    assert declared - imported == set(UNSEEN)
