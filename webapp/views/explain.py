"""Why one person, why not, and how a person was built.

A person's id stands in the address of a page; a record's may hold a number of the person, so what
asks about records is posted.
"""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.access import READ_PEOPLE, SIGNED_IN, needs, note_read
from webapp.errors import page
from webapp.reads.explain import ExplainedPair, read_apart, read_built, read_pair
from webapp.reads.person import heir, person_seen
from webapp.runs import reader

pages = Blueprint("explain", __name__)

NO_ADDRESS = (
    "An address never says which records are compared. Open the person, and ask there why a record"
    " is theirs or is not."
)


@pages.get("/explain/<id:person_id>")
@needs(READ_PEOPLE)
def built(person_id: str) -> ResponseReturnValue:
    """Return how a person was built."""
    note_read("explain person", [person_id])
    if ":" in person_id:
        abort(404)
    if not person_seen(person_id):
        return _carried_on(person_id)
    return render_template("explain_person.html", run=reader(), explained=read_built(person_id))


def _carried_on(person_id: str) -> ResponseReturnValue:
    new = heir(person_id)
    if new is None or not person_seen(new):
        abort(404)
    return redirect(url_for("explain.built", person_id=new))


@pages.get("/explain/<id:person_id>/<id:other_id>")
@needs(READ_PEOPLE)
def two(person_id: str, other_id: str) -> ResponseReturnValue:
    """Return why two persons are not one."""
    note_read("explain two persons", sorted({person_id, other_id}))
    now = [heir(asked) or asked for asked in (person_id, other_id)]
    if not all(map(person_seen, now)):
        abort(404)
    if now[0] == now[1]:
        return redirect(url_for("explain.built", person_id=now[0]))
    if now != [person_id, other_id]:
        return redirect(url_for("explain.two", person_id=now[0], other_id=now[1]))
    return render_template(
        "explain_apart.html", run=reader(), explained=read_apart(person_id, other_id)
    )


@pages.get("/explain/pair")
@pages.get("/explain/record")
@needs(SIGNED_IN)
def posted() -> ResponseReturnValue:
    """Return how to come to a comparison: its address, loaded again, does not say of what."""
    return page(404, "A comparison is not kept at an address", NO_ADDRESS, again={})


@pages.post("/explain/pair")
@needs(READ_PEOPLE)
def pair() -> ResponseReturnValue:
    """Return why two records are one person, or are not."""
    one, other = request.form.get("one", ""), request.form.get("other", "")
    if not one or not other or one == other:
        abort(400)
    note_read("explain pair", [])
    explained = read_pair(one, other)
    note_read("explain pair", sorted(set(explained.pair.persons)))
    return _compared(explained, one=one, other=other)


@pages.post("/explain/record")
@needs(READ_PEOPLE)
def record() -> ResponseReturnValue:
    """Return why a record is held to be its person: what ties it best to another record there."""
    asked = request.form.get("record", "")
    note_read("explain record", [])
    person = read_built(asked).person if ":" in asked else abort(404)
    note_read("explain record", [person.person_id])
    tie = person.strongest_of(asked)
    if tie is None:
        return redirect(url_for("explain.built", person_id=person.person_id), code=303)
    return _compared(read_pair(asked, tie.other(asked)), record=asked)


def _compared(explained: ExplainedPair, **asked: str) -> str:
    return render_template("explain_pair.html", run=reader(), explained=explained, asked=asked)
