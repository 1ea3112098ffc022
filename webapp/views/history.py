"""The history of an id of a person or a family, over all runs."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from webapp.access import READ_PEOPLE, needs, note_read
from webapp.reads.history import read_history
from webapp.runs import reader

pages = Blueprint("history", __name__)


@pages.get("/history/<id:asked>")
@needs(READ_PEOPLE)
def of(asked: str) -> ResponseReturnValue:
    """Return what happened to an id, an old one too, and which one carries it on."""
    note_read("history", [asked])
    return render_template("history.html", run=reader(), history=read_history(asked))
