"""The picture of a network in a real browser."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PLACES = """
() => Object.fromEntries(document.getElementById("picture").peiNetwork.nodes()
  .map((node) => [node.id(), [Math.round(node.position("x")), Math.round(node.position("y"))]]))
"""
SHOWN = """
() => document.getElementById("picture").peiNetwork.elements(":visible").map((e) => e.id()).sort()
"""
CHOOSE = """
(id) => { document.getElementById("picture").peiNetwork.getElementById(id).select(); }
"""


def draw(page: Page, path: str = "/network/F-1") -> None:
    """The picture at ``path`` is drawn."""
    page.goto(path)
    page.wait_for_selector("#picture[data-drawn]")


def test_a_family_looks_the_same_tomorrow(page: Page) -> None:
    """Drawing twice puts everybody in the same place."""
    draw(page)
    first = page.evaluate(PLACES)
    draw(page)
    assert page.evaluate(PLACES) == first
    assert len(set(map(tuple, first.values()))) == len(first)


def test_households_are_boxes_around_their_people(page: Page) -> None:
    """A person stands within their household's box, a relative within his own."""
    draw(page)
    parents = page.evaluate(
        "() => Object.fromEntries(document.getElementById('picture').peiNetwork"
        ".nodes(\"[kind='person']\").map((node) => [node.id(), node.parent().id() || null]))"
    )
    assert parents["P-3"] == "F-1"
    assert parents["P-6"] == "F-2"
    assert parents["P-8"] is None


@pytest.mark.parametrize(
    ("label", "gone", "kept"),
    [
        ("Agencies", "source:lcs", "P-3"),
        ("Possible matches", "possible:", "P-8"),
        ("People elsewhere", "P-6", "P-3"),
        ("Family relations", "relation:", "P-6"),
    ],
)
def test_the_legend_filters(page: Page, label: str, gone: str, kept: str) -> None:
    """A box of the legend hides its kind, and shows it again."""
    draw(page)
    before = page.evaluate(SHOWN)
    box = page.get_by_role("checkbox", name=label)
    box.uncheck()
    shown = page.evaluate(SHOWN)
    assert any(name.startswith(gone) for name in before)
    assert not any(name.startswith(gone) for name in shown)
    assert kept in shown
    box.check()
    assert page.evaluate(SHOWN) == before


def test_choosing_a_person_offers_a_step_further(page: Page) -> None:
    """The panel says who was chosen and how many more a step opens; the step is drawn."""
    draw(page)
    page.evaluate(CHOOSE, "P-6")
    panel = page.locator("#chosen")
    assert "Owen Sample-Roe" in panel.inner_text()
    panel.get_by_role("link", name="Open 1 more").click()
    page.wait_for_url("**/network/F-1?open=P-6")
    page.wait_for_selector("#picture[data-drawn]")
    assert any(name.startswith("lived:") for name in page.evaluate(SHOWN))
    page.get_by_role("link", name="Close again").first.click()
    page.wait_for_url("**/network/F-1*")


def test_the_picture_zooms_by_buttons(page: Page) -> None:
    """Zooming and showing all need neither wheel nor touch."""
    draw(page)
    zoom = "document.getElementById('picture').peiNetwork.zoom()"
    before = page.evaluate(zoom)
    page.get_by_role("button", name="Zoom in").click()
    assert page.evaluate(zoom) > before
    page.get_by_role("button", name="Show all").click()
    assert page.evaluate(zoom) == pytest.approx(before, rel=0.2)


def test_a_picture_that_cannot_be_loaded_says_so(page: Page) -> None:
    """Where the elements cannot be fetched, the page points to its tables."""
    page.route("**/picture.json*", lambda route: route.fulfill(status=500, body=""))
    page.goto("/network/F-1")
    page.get_by_text("The picture could not be loaded").wait_for()
    assert page.get_by_role("table", name="People in the network").count() == 1
