"""The picture of a notebook as a file, opened in a real browser without a network."""

from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest
from accessible import RULES
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from pei_graph.notebook.drawing import Picture, drawn

pytestmark = pytest.mark.browser

NASTY = (
    '<img src="x" onerror="document.title = 1"> href </script><script>document.title = 2</script>'
)
PERSON = {"label": "Person", "surname": "Example", "birth_date": None}
POINT = """
(node) => {
  const at = network.canvasToDOM(network.getPositions([node])[node]);
  const box = document.querySelector("#mynetwork canvas").getBoundingClientRect();
  return [box.x + at.x, box.y + at.y];
}
"""


@pytest.fixture
def picture() -> Picture:
    """Two invented people, of whom one has a script for a name and for an address."""
    around: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    around.add_node("P-1", **PERSON, forename="Testa", line="12 Invented Road")
    around.add_node("P-2", **PERSON, forename=NASTY, line=NASTY)
    around.add_edge("P-1", "P-2", type="RELATED_TO", kind="parent", sources=["lcs"])
    return drawn(around, title=f"Around {NASTY}")


@pytest.fixture
def offline(chromium: Browser, picture: Picture, tmp_path: Path) -> Iterator[Page]:
    """The file, open in a browser that reaches no other machine."""
    file = picture.save(tmp_path / "picture.html")
    context = chromium.new_context(offline=True, viewport={"width": 1100, "height": 900})
    page = context.new_page()
    page.goto(file.as_uri())
    page.wait_for_function("network.getPositions(['P-2'])['P-2'] !== undefined")
    yield page
    context.close()


def test_the_file_asks_for_nothing_else(
    chromium: Browser, picture: Picture, tmp_path: Path
) -> None:
    """Opening it makes one request, for itself, and nothing is refused or missed."""
    file = picture.save(tmp_path / "picture.html")
    context = chromium.new_context()
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(file.as_uri())
    page.wait_for_selector("#mynetwork canvas")
    assert (asked, complaints) == ([file.as_uri()], [])
    context.close()


def test_a_name_runs_no_script(offline: Page) -> None:
    """What a system gave as a name is text: in the title, the tables, and when pointed at."""
    offline.wait_for_timeout(1500)
    offline.mouse.move(*offline.evaluate(POINT, "P-2"))
    tip = offline.locator(".vis-tooltip")
    tip.wait_for(state="visible")
    assert tip.inner_text() == f"Person, P-2, {NASTY}"
    assert offline.locator("img").count() == 0
    assert offline.title() == f"Around {NASTY}"
    assert offline.get_by_role("cell", name=NASTY).count() >= 1


def test_the_tables_say_the_same(offline: Page) -> None:
    """Who is drawn and how they are tied stands beneath, and axe finds nothing."""
    ties = offline.locator("table").nth(1)
    assert ties.get_by_role("row").nth(1).inner_text().startswith("Testa Example\tparent\t")
    assert Axe().run(offline, options=RULES).response["violations"] == []


def test_a_notebook_shows_it_in_a_frame_apart(chromium: Browser, picture: Picture) -> None:
    """In a notebook the picture is drawn in a frame that cannot reach the notebook's own page."""
    page = chromium.new_page()
    page.set_content(f"<title>A notebook</title>{picture._repr_html_()}")
    page.frame_locator("iframe").locator("#mynetwork canvas").wait_for()
    assert page.locator("iframe").get_attribute("sandbox") == "allow-scripts"
    assert page.title() == "A notebook"
    page.close()
