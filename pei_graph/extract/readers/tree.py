"""Repeated elements of a tree, XML or JSON alike, become rows of a list.

A list names its repeated element by a path such as ``Message/Children/Child/CINdetails``. Its
columns are paths from there to a text: ``CINreferralDate``, ``Assessments/StartDate``, ``@id`` for
an attribute, ``.`` for the element's own text. ``../`` climbs to what holds the element, so a
referral reaches its child by ``../ChildIdentifiers/LAchildID``. ``/Message/Header/Year`` is read
from the file's head. Where a path leads to several texts they are joined by ``JOINT``.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from pei_graph.extract.batches import BATCH, names, table_of
from pei_graph.extract.columns import is_ignored
from pei_graph.extract.page import Page, Reject, Row, Wanted

JOINT = "; "
UP = "../"

Inside = Callable[[Any], Iterable[tuple[str, Any]]]
"""Gives the named parts of an element: its attributes as ``@name``, then its children."""

Text = Callable[[Any], str | None]
"""Gives an element's own text."""


@dataclass(slots=True)
class Gathered:
    """Rows of one list, packed into Arrow as they come; columns are added as they are met."""

    wanted: Wanted
    inside: Inside
    text: Text
    columns: dict[str, int] = field(default_factory=dict)
    rejected: list[Reject] = field(default_factory=list)
    count: int = 0
    _waiting: list[Row] = field(default_factory=list)
    _packed: list[pa.Table] = field(default_factory=list)
    _ignored: dict[str, bool] = field(default_factory=dict)
    _outer: list[str] = field(init=False)
    steps: tuple[str, ...] = field(init=False)
    """The path of the repeated element."""
    unit: tuple[str, ...] = field(init=False)
    """The path of the highest element that a row of this list reaches up to."""

    def __post_init__(self) -> None:
        """Know the columns of the contract that do not lie within the element."""
        used = sorted(self.wanted.source_list.columns())
        self._outer = [name for name in used if name.startswith((UP, "/"))]
        self.columns |= {name: at for at, name in enumerate(self._outer)}
        record = self.wanted.source_list.reader.record or ""
        self.steps = tuple(step for step in record.split("/") if step)
        climbs = (name.count(UP) for name in self._outer)
        self.unit = self.steps[: max(1, len(self.steps) - max(climbs, default=0))]

    def add(self, element: Any, *, steps: Sequence[str], head: dict[str, str]) -> None:
        """The rows found ``steps`` below an element are gathered.

        ``head`` holds the texts that stood before the first.
        """
        for record, above in self._records(element, steps, ()):
            self.count += 1
            self._waiting.append((self.count, self._cells(record, above, head)))
            if len(self._waiting) >= BATCH:
                self._pack()

    def reject(self, rule: str, content: str) -> None:
        """One element that could not be read counts as a row and is set aside."""
        self.count += 1
        self.rejected.append(Reject(self.count, rule, content))

    def page(self) -> Page:
        """Return everything gathered as a page."""
        self._pack()
        if not self.count:
            self.columns |= dict.fromkeys(sorted(self.wanted.source_list.columns()), 0)
        page = Page(self.wanted, list(self.columns), rejected=self.rejected)
        page.tables = [_widened(table, len(self.columns)) for table in self._packed]
        return page

    def _records(
        self, element: Any, steps: Sequence[str], above: tuple[Any, ...]
    ) -> Iterator[tuple[Any, tuple[Any, ...]]]:
        if not steps:
            yield element, above
            return
        for name, part in self.inside(element):
            if name == steps[0]:
                yield from self._records(part, steps[1:], (*above, element))

    def _cells(
        self, element: Any, above: tuple[Any, ...], head: dict[str, str]
    ) -> Sequence[str | None]:
        found: dict[str, list[str]] = {}
        self._collect(element, "", found)
        for name in self._outer:
            climbed = name.count(UP)
            if name.startswith("/"):
                found[name] = [head[name]] if name in head else []
            elif climbed <= len(above):
                found[name] = list(self._at(above[-climbed], name.rpartition(UP)[2].split("/")))
        for name in found:
            if name not in self.columns:
                self.columns[name] = len(self.columns)
        return [JOINT.join(found.get(name, ())) or None for name in self.columns]

    def _collect(self, element: Any, path: str, found: dict[str, list[str]]) -> None:
        text = self.text(element)
        if text:
            found.setdefault(path or ".", []).append(text)
        for name, part in self.inside(element):
            inner = f"{path}/{name}" if path else name
            if not self._ignores(inner):
                self._collect(part, inner, found)

    def _ignores(self, path: str) -> bool:
        if path not in self._ignored:
            self._ignored[path] = is_ignored(path, self.wanted.source_list)
        return self._ignored[path]

    def _at(self, element: Any, steps: Sequence[str]) -> Iterator[str]:
        if not steps:
            if text := self.text(element):
                yield text
            return
        for name, part in self.inside(element):
            if name == steps[0]:
                yield from self._at(part, steps[1:])

    def _pack(self) -> None:
        if self._waiting:
            width = len(self.columns)
            rows = [(n, [*cells, *[None] * (width - len(cells))]) for n, cells in self._waiting]
            self._packed.append(table_of(rows, width, rejected=self.rejected))
            self._waiting = []


def _widened(table: pa.Table, width: int) -> pa.Table:
    for name in names(width)[table.num_columns :]:
        table = table.append_column(name, pa.nulls(table.num_rows, pa.string()))
    return table
