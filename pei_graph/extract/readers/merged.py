"""Cells that are merged over several rows of a sheet say in each of them what they say once.

In: rows as read, where only the first of such cells holds anything. Out: the same rows, filled.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pei_graph.extract.page import Note, Row

Ranges = Iterable[tuple[tuple[int, int], tuple[int, int]]]
"""The first and the last cell of each, as row and column from 0."""


def fill_merged(rows: Iterable[Row], ranges: Ranges, *, notes: list[Note]) -> Iterator[Row]:
    """Yield the rows, what is merged downwards standing in each; ``notes`` say in how many.

    Of what is merged sideways the first column alone is filled: the others are other columns.
    """
    begins = _begins(ranges)
    held: dict[int, tuple[Any, int]] = {}
    filled = 0
    for number, cells in rows:
        held = {column: (value, last) for column, (value, last) in held.items() if number <= last}
        filled += bool(held)
        whole = list(cells)
        for column, (value, _) in held.items():
            whole[column] = value
        for column, last in begins.get(number, ()):
            if column < len(whole) and whole[column] not in {None, ""}:
                held[column] = (whole[column], last)
        yield number, whole
    if filled:
        notes.append(_note(filled))


def _begins(ranges: Ranges) -> Mapping[int, list[tuple[int, int]]]:
    """Return the column and the last row of what is merged downwards, by the row it begins in."""
    begins: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (first, column), (last, _) in ranges:
        if first < last:
            begins[first + 1].append((column, last + 1))
    return begins


def _note(filled: int) -> Note:
    advice = (
        "Cells are merged over several rows, and what they say counts in each of them: nothing to"
        " do where that is meant"
    )
    return Note("merged_cells", "note", advice, rows=filled)
