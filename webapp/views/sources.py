"""The sources: how fresh, how far back, and what became of every row."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from webapp.access import READ_SOURCES, needs
from webapp.reads.sources import read_sources
from webapp.runs import reader

pages = Blueprint("sources", __name__)


@pages.get("/sources")
@needs(READ_SOURCES)
def sources() -> ResponseReturnValue:
    """Return every source with its counts and issues; no person is shown."""
    return render_template("sources.html", sources=read_sources(), run=reader())
