"""A family's overview."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp.access import READ_PEOPLE, needs, note_read
from webapp.reads.family import family_seen, read_family
from webapp.reads.person import heir

pages = Blueprint("family", __name__)


@pages.get("/family/<id:family_id>")
@needs(READ_PEOPLE)
def family(family_id: str) -> ResponseReturnValue:
    """Return the overview of a family; a retired id leads to the family that carries it on."""
    note_read("family", [family_id])
    if not family_seen(family_id):
        return _carried_on(family_id)
    return render_template("family.html", family=read_family(family_id))


def _carried_on(family_id: str) -> ResponseReturnValue:
    new = heir(family_id)
    if new is None or not family_seen(new):
        abort(404)
    return redirect(url_for("family.family", family_id=new))
