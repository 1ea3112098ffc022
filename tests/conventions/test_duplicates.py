"""No piece of logic is written twice."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

SAME_LINES = 8
"""So many equal lines in a row are a copy, not a coincidence."""


class _Plain(ast.NodeTransformer):
    """Docstrings and imports are left out: what stays is what a function does."""

    def visit_Import(self, _node: ast.Import) -> None:
        """Leave an import out."""

    def visit_ImportFrom(self, _node: ast.ImportFrom) -> None:
        """Leave an import out."""

    def visit_Expr(self, node: ast.Expr) -> ast.Expr | None:
        """Leave a text that stands alone out."""
        return None if isinstance(node.value, ast.Constant) else node


def _logic(text: str) -> list[str]:
    """The lines of a module as Python itself would lay them out."""
    plain = _Plain().visit(ast.parse(text))
    return [line.strip() for line in ast.unparse(ast.fix_missing_locations(plain)).splitlines()]


def _windows(lines: list[str]) -> Iterator[tuple[str, ...]]:
    filled = [line for line in lines if line]
    for start in range(len(filled) - SAME_LINES + 1):
        yield tuple(filled[start : start + SAME_LINES])


def test_no_logic_is_copied(repository: Path, tracked: Sequence[Path]) -> None:
    """No eight lines in a row stand in two places of the product, its tests or benchmarks."""
    places: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for file in tracked:
        if file.suffix == ".py":
            lines = _logic((repository / file).read_text("utf-8"))
            for number, window in enumerate(_windows(lines)):
                places[window].add(f"{file} (about line {number})")
    copies = {window[0]: found for window, found in places.items() if len(found) > 1}
    assert copies == {}
