"""The tests keep the habits that make them worth reading."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def trees(repository: Path, tracked: Sequence[Path]) -> dict[str, ast.Module]:
    """Each test module, parsed, by its path."""
    return {
        str(file): ast.parse((repository / file).read_text("utf-8"))
        for file in tracked
        if file.parts[0] == "tests" and file.name.startswith("test_") and file.suffix == ".py"
    }


def _tests(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node


def _can_fail(test: ast.FunctionDef) -> bool:
    """A test asserts, expects an error, or calls something named for its check."""
    for node in ast.walk(test):
        if isinstance(node, ast.Assert | ast.Raise):
            return True
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name == "raises" or "assert" in name or name.startswith(("check", "expect")):
                return True
    return False


def test_every_test_states_its_behaviour(trees: dict[str, ast.Module]) -> None:
    """Each test has a docstring that says which behaviour it holds."""
    silent = {
        f"{file}:{test.name}"
        for file, tree in trees.items()
        for test in _tests(tree)
        if not ast.get_docstring(test)
    }
    assert silent == set()


def test_every_test_can_fail(trees: dict[str, ast.Module]) -> None:
    """Each test asserts something or expects an error."""
    harmless = {
        f"{file}:{test.name}"
        for file, tree in trees.items()
        for test in _tests(tree)
        if not _can_fail(test)
    }
    assert harmless == set()


def test_no_test_is_switched_off(trees: dict[str, ast.Module]) -> None:
    """No test is skipped or expected to fail: engines are found in tests/conftest.py alone."""
    switched = {
        f"{file}:{node.lineno}"
        for file, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"skip", "skipif", "xfail", "importorskip"}
    }
    assert switched == set()


def test_tests_are_no_package(tracked: Sequence[Path]) -> None:
    """No `__init__.py` under tests: a dependency installs a package of that name."""
    assert {str(f) for f in tracked if f.parts[0] == "tests" and f.name == "__init__.py"} == set()
