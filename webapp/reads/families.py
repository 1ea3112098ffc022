"""The list of families by priority."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webapp.paging import within
from webapp.runs import sight

A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list."""

    rows: tuple[Mapping[str, Any], ...]
    total: int
    page: int
    pages: int
    area: str
    state: str
    news: bool

    @property
    def first(self) -> int:
        """Return the place in the whole list of the first family shown."""
        return (self.page - 1) * A_PAGE + 1


def read_families(*, area: str, state: str, news: bool, page: int) -> Listed:
    """Return a page of families with ``area``, or any where it is empty, in ``state``.

    No state means met or on the cusp, and ``any`` means all families; of whom there is ``news``, if
    that is asked for.
    """
    chosen = {"area": area, "state": state, "news": news}
    total = int(sight().rows("families_count", chosen)[0]["families"])
    page, pages = within(page, rows=total, a_page=A_PAGE)
    limits = {"most": A_PAGE, "first": (page - 1) * A_PAGE}
    rows = sight().rows("families", {**chosen, **limits})
    return Listed(tuple(rows), total, page, pages, area, state, news)
