"""What a reader hands over: pages of text cells, the rows it set aside and what it noticed.

A page is one CSV file, one sheet, one table or one repeated element: whatever has one header. Its
rows are Arrow tables (``tables``), or what a query of DuckDB returns (``sql``), or both: then the
tables are read only where the query fails or finds another number of rows than it should.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from pei_graph.contract import Contract, SourceList

CELL_LIMIT = 1_000_000
"""Most characters in one cell. The longest honest cells are case notes of some ten thousand."""

CONTENT_LIMIT = 2_000
"""Most characters of a row that QUARANTINE keeps: enough to recognise it in the delivered file."""

Row = tuple[int, Sequence[Any]]
"""The row's number as a person counts it, and its cells as read, in the order of the header."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A list of a source that one delivered file feeds."""

    contract: Contract
    list_id: str

    @property
    def name(self) -> str:
        """Return the list's name among all lists: source and list id."""
        return f"{self.contract.id}.{self.list_id}"

    @property
    def source_list(self) -> SourceList:
        """Return the list's part of the contract."""
        return self.contract.lists[self.list_id]


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that a reader could not read."""

    row: int
    rule: str
    content: str
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something to tell about a delivery; ``advice`` says what to do and never holds a value."""

    rule: str
    severity: str
    advice: str
    column: str | None = None
    row: int | None = None
    rows: int | None = None


class Refusal(Exception):  # noqa: N818  # a finding about one file, not a failure of the program
    """A file or page cannot be read at all; carries the issue to record."""

    def __init__(self, rule: str, advice: str, *, row: int | None = None) -> None:
        """Hold the rule that was broken, what to do, and the row where known."""
        self.note = Note(rule, "error", advice, row=row)
        super().__init__(rule)


@dataclass(slots=True)
class Page:
    """One header and its rows, for one list. ``part`` names the sheet or table of the file.

    ``rejected`` and ``notes`` are complete once ``tables`` is exhausted.
    """

    wanted: Wanted
    header: Sequence[str]
    part: str = ""
    tables: Iterable[pa.Table] = ()
    """Rows as ``_row`` and ``c0``, ``c1`` ... in the order of the header, all text."""
    sql: str | None = None
    """A query with the same columns."""
    sql_rows: int | None = None
    """How many rows the query returns if it read the file right; None where that is not known."""
    rejected: list[Reject] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    refused: Note | None = None
    delivered_on: date | None = None
    """The date that the file itself states, where the contract says where to look."""
