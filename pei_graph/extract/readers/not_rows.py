"""Lines among rows that are none: a trailer with the number of rows, totals, a footer.

In: what a contract says of them. Out: whether a row is one, and a note of how many were.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pei_graph.extract.page import Note


class NotRows:
    """What the contract calls no row, and how often it was met."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """Know rows by the patterns of their first filled cell."""
        self._patterns = [re.compile(pattern) for pattern in patterns]
        self._met = 0

    def met(self, cells: Sequence[Any]) -> bool:
        """Return whether the cells are no row's, and count it where they are."""
        if not self._patterns:
            return False
        first = next((str(cell).strip() for cell in cells if cell not in {None, ""}), "")
        found = any(pattern.search(first) for pattern in self._patterns)
        self._met += found
        return found

    def notes(self) -> Iterator[Note]:
        """Yield how many were met, where any were."""
        if self._met:
            advice = "Lines that are no rows by reader.not_rows were passed over: nothing to do"
            yield Note("not_rows", "note", advice, rows=self._met)
