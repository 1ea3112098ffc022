"""The list of families by priority."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from webapp.paging import within
from webapp.runs import reader, sight

A_PAGE = 25

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which families are asked for: with ``area``, or any where it is empty, in ``state``.

    No state means met or on the cusp, and ``any`` means all families; of whom there is ``news``, if
    that is asked for. They meet at least ``met`` areas or, where ``nearly`` so many are asked for,
    fewer, and as many with those on the cusp.
    """

    area: str
    state: str
    news: bool
    met: int
    nearly: bool

    @property
    def parameters(self) -> dict[str, object]:
        """Return what the questions about the list take."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list."""

    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int
    wanted: Wanted

    @property
    def first(self) -> int:
        """Return the place in the whole list of the first family shown."""
        return (self.page - 1) * A_PAGE + 1


def read_families(wanted: Wanted, *, page: int) -> Listed:
    """Return a page of the families that are wanted."""
    total = int(sight().rows("families_count", wanted.parameters)[0]["families"])
    page, pages = within(page, rows=total, a_page=A_PAGE)
    limits = {"most": A_PAGE, "first": (page - 1) * A_PAGE}
    rows = sight().rows("families", {**wanted.parameters, **limits})
    return Listed(tuple(rows), total, page, pages, wanted)


def families_to_pass_on(wanted: Wanted) -> list[Row]:
    """Return all the families that are wanted and may be passed on: no sealed one, to nobody."""
    seen = reader().sight(see_sealed=False)
    return [*seen.rows("families", {**wanted.parameters, "most": None, "first": 0})]


def how_many_to_pass_on(wanted: Wanted) -> int:
    """Return how many families :func:`families_to_pass_on` gives."""
    seen = reader().sight(see_sealed=False)
    return int(seen.rows("families_count", wanted.parameters)[0]["families"])
