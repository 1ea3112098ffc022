"""Repeated elements of a tree, XML or JSON alike, become rows of a list.

A list names its repeated element by a path such as ``Message/Children/Child/CINdetails``. Its
columns are paths from there to a text: ``CINreferralDate``, ``Assessments/StartDate``, ``@id`` for
an attribute, ``.`` for the element's own text. ``../`` climbs to what holds the element, so a
referral reaches its child by ``../ChildIdentifiers/LAchildID``. ``/Message/Header/Year`` is read
from the file's head. Where a path leads to several texts they are joined by ``JOINT``.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from pei_graph.extract.batches import PIECE, names, table_of
from pei_graph.extract.columns import is_ignored
from pei_graph.extract.page import Page, Reject, Row, Wanted

JOINT = "; "
UP = "../"

Inside = Callable[[Any], Iterable[tuple[str, Any]]]
"""Gives the named parts of an element: its attributes as ``@name``, then its children."""

Text = Callable[[Any], str | None]
"""Gives an element's own text."""


@dataclass(slots=True)
class _Place:
    """A path within the repeated element; ``at`` is its column once a text was met there."""

    path: str
    ignored: bool
    at: int = -1
    inner: dict[str, "_Place"] = field(default_factory=dict)


@dataclass(slots=True)
class _Outer:
    """A column whose text stands outside the repeated element, and where it was last found."""

    name: str
    at: int
    climbs: int
    steps: tuple[str, ...]
    element: Any = None
    text: str | None = None


def _outer(name: str, at: int) -> _Outer:
    return _Outer(name, at, name.count(UP), tuple(name.rpartition(UP)[2].split("/")))


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
    _outside: list[_Outer] = field(init=False)
    _top: _Place = field(init=False)
    steps: tuple[str, ...] = field(init=False)
    """The path of the repeated element."""
    unit: tuple[str, ...] = field(init=False)
    """The path of the highest element that a row of this list reaches up to."""

    def __post_init__(self) -> None:
        """Know the columns of the contract that do not lie within the element."""
        used = sorted(self.wanted.source_list.columns())
        outside = [name for name in used if name.startswith((UP, "/"))]
        self._outside = [_outer(name, at) for at, name in enumerate(outside)]
        self._top = _Place("", ignored=False)
        self.columns |= {name: at for at, name in enumerate(outside)}
        record = self.wanted.source_list.reader.record or ""
        self.steps = tuple(step for step in record.split("/") if step)
        climbs = max((each.climbs for each in self._outside), default=0)
        self.unit = self.steps[: max(1, len(self.steps) - climbs)]

    def add(self, element: Any, *, steps: Sequence[str], head: dict[str, str]) -> None:
        """The rows found ``steps`` below an element are gathered.

        ``head`` holds the texts that stood before the first.
        """
        self._descend(element, steps, (), head=head)

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
        if self._packed:
            widened = [_widened(table, len(self.columns)) for table in self._packed]
            page.tables = [pa.concat_tables(widened)]
        return page

    def _descend(
        self,
        element: Any,
        steps: Sequence[str],
        above: tuple[Any, ...],
        *,
        head: dict[str, str],
    ) -> None:
        if not steps:
            self._gather(element, above, head)
            return
        wanted, further, above = steps[0], steps[1:], (*above, element)
        for name, part in self.inside(element):
            if name == wanted:
                self._descend(part, further, above, head=head)

    def _gather(self, element: Any, above: tuple[Any, ...], head: dict[str, str]) -> None:
        row: list[str | None] = [None] * len(self.columns)
        self._collect(element, self._top, row)
        for outer in self._outside:
            if outer.name.startswith("/"):
                row[outer.at] = head.get(outer.name) or None
            elif outer.climbs <= len(above):
                row[outer.at] = self._text_of(outer, above[-outer.climbs])
        self.count += 1
        self._waiting.append((self.count, row))
        if len(self._waiting) >= PIECE:
            self._pack()

    def _collect(self, element: Any, place: _Place, row: list[str | None]) -> None:
        text = self.text(element)
        if text:
            self._put(text, place, row)
        known = place.inner
        for name, part in self.inside(element):
            inner = known.get(name) or self._place(place, name)
            if not inner.ignored:
                self._collect(part, inner, row)

    def _put(self, text: str, place: _Place, row: list[str | None]) -> None:
        if place.at < 0:
            place.at = self.columns.setdefault(place.path or ".", len(self.columns))
        row += [None] * (len(self.columns) - len(row))
        before = row[place.at]
        row[place.at] = text if before is None else before + JOINT + text

    def _place(self, place: _Place, name: str) -> _Place:
        path = f"{place.path}/{name}" if place.path else name
        inner = _Place(path, is_ignored(path, self.wanted.source_list))
        place.inner[name] = inner
        return inner

    def _text_of(self, outer: _Outer, element: Any) -> str | None:
        """Return an outer column's text; rows that follow each other often share the element."""
        if outer.element is not element:
            found: list[str] = []
            self._find(element, outer.steps, found)
            outer.element, outer.text = element, JOINT.join(found) or None
        return outer.text

    def _find(self, element: Any, steps: Sequence[str], found: list[str]) -> None:
        if not steps:
            if text := self.text(element):
                found.append(text)
            return
        for name, part in self.inside(element):
            if name == steps[0]:
                self._find(part, steps[1:], found)

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
