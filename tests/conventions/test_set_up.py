"""The ways in keep their promises: no engine suite is forgotten, every command is explained."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def suites(repository: Path) -> set[str]:
    """The engine suites: each mark that pytest knows of this project."""
    project = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))
    marks = project["tool"]["pytest"]["ini_options"]["markers"]
    return {mark.split(":")[0] for mark in marks}


def test_the_build_machine_requires_every_engine_suite(repository: Path, suites: set[str]) -> None:
    """A suite that the build machine does not require could be skipped there for ever."""
    script = (repository / ".ci" / "run").read_text("utf-8")
    assert {name.lower() for name in re.findall(r"PEI_REQUIRE_(\w+)=1", script)} == suites


def test_every_engine_suite_says_how_it_is_run(repository: Path, suites: set[str]) -> None:
    """The guide for contributors names each suite and what it needs."""
    guide = (repository / "CONTRIBUTING.md").read_text("utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", guide, re.MULTILINE)) == suites


def test_every_command_of_make_is_explained(repository: Path) -> None:
    """`make help` tells every command there is."""
    text = (repository / "Makefile").read_text("utf-8")
    (declared,) = re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    explained = re.findall(r"^(\w+):.*## \S", text, re.MULTILINE)
    assert set(explained) == set(declared.split())


def test_the_build_machine_runs_what_the_readme_says(repository: Path) -> None:
    """The README's two commands exist, and its test command is part of the whole check."""
    readme = (repository / "README.md").read_text("utf-8")
    script = (repository / ".ci" / "run").read_text("utf-8")
    assert {"make demo", "make test"} <= set(re.findall(r"^make \w+", readme, re.MULTILINE))
    assert re.search(r"^.*make --no-print-directory test$", script, re.MULTILINE)


def test_every_engine_suite_has_tests(
    repository: Path, tracked: Sequence[Path], suites: set[str]
) -> None:
    """A required suite without a test would pass and prove nothing."""
    tests = [file for file in tracked if file.parts[0] == "tests" and file.suffix == ".py"]
    text = "\n".join((repository / file).read_text("utf-8") for file in tests)
    assert {suite for suite in suites if f"pytest.mark.{suite}" not in text} == set()
