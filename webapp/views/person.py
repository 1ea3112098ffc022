"""A person's page."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp.access import READ_PEOPLE, needs, note_read
from webapp.reads.person import heir, person_seen, read_person

pages = Blueprint("person", __name__)


@pages.get("/person/<id:person_id>")
@needs(READ_PEOPLE)
def person(person_id: str) -> ResponseReturnValue:
    """Return the page of a person; a retired id leads to the person that carries it on."""
    note_read("person", [person_id])
    if not person_seen(person_id):
        return _carried_on(person_id)
    return render_template("person.html", person=read_person(person_id))


def _carried_on(person_id: str) -> ResponseReturnValue:
    new = heir(person_id)
    if new is None or not person_seen(new):
        abort(404)
    return redirect(url_for("person.person", person_id=new))
