"""The model report as a browser shows it."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from mini_council import make_workspace
from playwright.sync_api import Browser

from pei_graph.evaluation.model import Heading, describe, page, rates
from pei_graph.settings import Settings
from pei_graph.workspace import connect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 1280])
def test_the_report_fits_and_is_accessible(chromium: Browser, tmp_path: Path, width: int) -> None:
    """At any width nothing is cut off, nothing is asked for, and axe finds nothing wrong."""
    settings = Settings(memory_limit="500MB", threads=2)
    current = make_workspace(tmp_path / "council", settings).require_current()
    with connect(current.tables, settings, read_only=True) as con:
        text = page(Heading(1, None, "0" * 64, "0"), describe(con), rates(con))
    file = tmp_path / "model.html"
    file.write_text(text, encoding="utf-8")
    context = chromium.new_context(viewport={"width": width, "height": 900})
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(file.as_uri())
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert asked == [file.as_uri()]
    assert Axe().run(opened).violations_count == 0
    context.close()
