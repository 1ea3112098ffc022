"""The code keeps the shape that makes it readable: short files, short functions, documented."""

import ast
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

Function = ast.FunctionDef | ast.AsyncFunctionDef

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
NINE_IN_TEN = 30
HALF = 8
HALF_OF_FILES = 120


@pytest.fixture(scope="module")
def trees(repository: Path, modules: Sequence[Path]) -> dict[Path, ast.Module]:
    """Each module of the four packages, parsed."""
    return {file: ast.parse((repository / file).read_text("utf-8")) for file in modules}


def _functions(tree: ast.Module) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def _lines(function: Function) -> int:
    """Lines from `def` to the end, without the docstring: what a reader must follow."""
    length = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    documented = ast.get_docstring(function) is not None
    return length - ((first.end_lineno or 0) - first.lineno + 1 if documented else 0)


def _percentile(lengths: list[int], share: float) -> int:
    return sorted(lengths)[round(share * (len(lengths) - 1))]


def test_no_file_is_long(repository: Path, tracked: Sequence[Path]) -> None:
    """A file of the product, its tests, questions or styles has at most 400 lines."""
    written = {".py", ".cypher", ".sql", ".js", ".css", ".html", ".jinja"}
    lengths = {
        str(file): len((repository / file).read_text("utf-8").splitlines())
        for file in tracked
        if file.suffix in written
    }
    assert {file: lines for file, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_half_of_all_modules_are_short(repository: Path, modules: Sequence[Path]) -> None:
    """Half of the modules have at most 120 lines."""
    lengths = [len((repository / file).read_text("utf-8").splitlines()) for file in modules]
    assert statistics.median(lengths) <= HALF_OF_FILES


def test_no_function_is_long(trees: dict[Path, ast.Module]) -> None:
    """No function has more than 50 lines, its docstring not counted."""
    long = {
        f"{file}:{function.name}": _lines(function)
        for file, tree in trees.items()
        for function in _functions(tree)
        if _lines(function) > LONGEST_FUNCTION
    }
    assert long == {}


def test_most_functions_are_short(trees: dict[Path, ast.Module]) -> None:
    """Half of the functions have at most 8 lines and nine in ten at most 30."""
    lengths = [_lines(function) for tree in trees.values() for function in _functions(tree)]
    assert statistics.median(lengths) <= HALF
    assert _percentile(lengths, 0.9) <= NINE_IN_TEN


def _undocumented(tree: ast.AST, inside: str) -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_"):
            continue
        name = f"{inside}.{node.name}" if inside else node.name
        if not ast.get_docstring(node):
            yield name
        if isinstance(node, ast.ClassDef):
            yield from _undocumented(node, name)


def test_everything_public_is_documented(trees: dict[Path, ast.Module]) -> None:
    """Every module, public class and public function says what is true afterwards."""
    missing = {str(file) for file, tree in trees.items() if not ast.get_docstring(tree)}
    missing |= {
        f"{file}:{name}" for file, tree in trees.items() for name in _undocumented(tree, "")
    }
    assert missing == set()


def test_no_first_line_is_a_placeholder(trees: dict[Path, ast.Module]) -> None:
    """No module is a stub: none says placeholder, to do or not yet."""
    words = ("placeholder.", "todo", "fixme", "not yet implemented")
    stubs = {
        str(file)
        for file, tree in trees.items()
        if (ast.get_docstring(tree) or "").lower().startswith(words)
    }
    assert stubs == set()


def test_no_module_is_a_drawer(modules: Sequence[Path]) -> None:
    """No module is named for being left over: utils, helpers, manager, common, misc."""
    drawers = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc"}
    assert {str(file) for file in modules if file.stem.strip("_") in drawers} == set()
