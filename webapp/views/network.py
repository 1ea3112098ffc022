"""The network around a family or a person: a picture, and the same as tables."""

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.access import READ_PEOPLE, needs, note_read
from webapp.reads.connected import standings, way_between
from webapp.reads.network import Network, network_seen, read_network
from webapp.reads.person import heir
from webapp.reads.picture import picture
from webapp.runs import reader

pages = Blueprint("network", __name__)

MOST_OPENED = 20


@pages.get("/network/<id:start>")
@needs(READ_PEOPLE)
def network(start: str) -> ResponseReturnValue:
    """Return the tables of the network and the place for its picture; a retired id leads on."""
    new = None if network_seen(start) else heir(start)
    if new is not None and network_seen(new):
        note_read("network", [start])
        return redirect(url_for("network.network", start=new))
    found = _read(start)
    ends = [request.args.get(end, "") for end in ("from", "to")]
    return render_template(
        "network.html",
        run=reader(),
        network=found,
        ends=ends,
        way=way_between(found, *ends),
        standings=standings(found),
    )


@pages.get("/network/<id:start>/picture.json")
@needs(READ_PEOPLE)
def picture_of(start: str) -> ResponseReturnValue:
    """Return the same network as elements for the picture."""
    return jsonify(picture(_read(start)))


def _read(start: str) -> Network:
    asked = request.args.get("open", "").split(",")[:MOST_OPENED]
    if not network_seen(start):
        note_read("network", [start])
        abort(404)
    found = read_network(start, [person for person in asked if person])
    note_read("network", [start, *found.people])
    return found
