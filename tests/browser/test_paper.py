"""Pages on paper: nothing cut off, nothing folded away that explains, nothing to be pressed."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

NARROW = 560
"""Pixels across a sheet of A5: what fits there fits on every paper, with more agencies too."""

CUT_OFF = """[...document.querySelectorAll('.pei-scroll')]
    .filter((part) => part.scrollWidth > part.clientWidth + 1)
    .map((part) => part.getAttribute('aria-label'))"""

BESIDE = "getComputedStyle(document.querySelector('main .govuk-link'), '::after').content"


@contextmanager
def on_paper(page: Page, path: str) -> Iterator[Page]:
    """The page as the browser lays it out to be printed, with the browser's own events."""
    page.goto(path)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": NARROW, "height": 700})
    yield page
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")


@pytest.mark.parametrize("path", ["/family/F-1", "/person/P-3", "/explain/P-3", "/sources"])
def test_no_table_is_cut_off(page: Page, path: str) -> None:
    """Every agency, fact and telephone of a table stands on the sheet; addresses do not."""
    with on_paper(page, path):
        assert page.evaluate(CUT_OFF) == []
        assert page.get_by_role("navigation").count() == 0
    page.goto("/family/F-1")
    page.emulate_media(media="print")
    assert page.evaluate(BESIDE) == "none"


def test_reasons_stand_on_the_sheet(page: Page) -> None:
    """What is behind an area is printed, and folded again afterwards."""
    reason = page.get_by_text("On a child protection plan since 11 February 2026")
    with on_paper(page, "/family/F-1"):
        assert reason.is_visible()
    assert not reason.is_visible()


def test_the_sum_stands_on_the_sheet(page: Page) -> None:
    """How a priority is added up is printed, and folded again afterwards."""
    total = page.get_by_role("row", name="Sum 7")
    with on_paper(page, "/family/F-1"):
        assert total.is_visible()
    assert not total.is_visible()


def test_the_head_of_the_sheet_is_dark(page: Page) -> None:
    """What is white on the screen's dark band would not be seen on paper."""
    with on_paper(page, "/family/F-1"):
        for part in (".pei-header__product", ".pei-header__council", ".pei-header__purpose"):
            ink = page.locator(part).evaluate("(part) => getComputedStyle(part).color")
            assert ink == "rgb(0, 0, 0)"
