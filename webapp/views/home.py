"""Home: the search. What is typed is posted, so that no address or log holds a name."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from webapp.access import READ_PEOPLE, SIGNED_IN, needs, note_read
from webapp.format import areas
from webapp.reads.results import Results, search
from webapp.runs import reader, sight

pages = Blueprint("home", __name__)

LONGEST = 200


@pages.get("/")
@needs(SIGNED_IN)
def home() -> ResponseReturnValue:
    """Return the search box with how to use it."""
    return _page("", None)


@pages.get("/search")
@needs(SIGNED_IN)
def search_again() -> ResponseReturnValue:
    """Return the search box: results are not kept at an address."""
    return home()


@pages.post("/search")
@needs(READ_PEOPLE)
def results() -> ResponseReturnValue:
    """Return the persons and families that what was typed points to."""
    typed = request.form.get("q", "").strip()[:LONGEST]
    found = search(typed)
    note_read("search", found.ids, results=len(found.ids))
    return _page(typed, found)


def _page(typed: str, results: Results | None) -> str:
    return render_template(
        "home.html",
        run=reader(),
        counted=sight().counted,
        typed=typed,
        results=results,
        areas=areas(),
    )
