"""Long lists in pages: what the pagination component shows of them."""

from collections.abc import Callable, Iterator
from typing import Any

Address = Callable[[int], str]
"""The address of a page of a list, by its number."""


def within(page: int, *, rows: int, a_page: int) -> tuple[int, int]:
    """Return the page of a list of ``rows`` that is nearest to the one asked for, and the last.

    >>> within(9, rows=33, a_page=25), within(0, rows=0, a_page=25)
    ((2, 2), (1, 1))
    """
    last = max(1, -(-rows // a_page))
    return min(max(1, page), last), last


def pagination(page: int, pages: int, address: Address) -> dict[str, Any]:
    """Return what the pagination component shows: the ends, and the pages beside this one."""
    if pages == 1:
        return {}
    links: dict[str, Any] = {"items": list(_items(page, pages, address))}
    if page > 1:
        links["previous"] = {"href": address(page - 1)}
    if page < pages:
        links["next"] = {"href": address(page + 1)}
    return links


def _items(current: int, pages: int, address: Address) -> Iterator[dict[str, Any]]:
    beside = {1, current - 1, current, current + 1, pages}
    shown = [page for page in sorted(beside) if 1 <= page <= pages]
    for before, page in zip([0, *shown], shown, strict=False):
        if page > before + 1:
            yield {"ellipsis": True}
        yield {"number": page, "href": address(page), "current": page == current}
