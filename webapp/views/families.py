"""The list of families, highest priority first."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pei_graph.news import news_since
from webapp.access import READ_PEOPLE, needs, note_read
from webapp.format import STATES, areas
from webapp.paging import pagination
from webapp.reads.families import Listed, read_families
from webapp.runs import reader

pages = Blueprint("families", __name__)

ANY = "any"
"""The state that every family's areas are in."""


@pages.get("/families")
@needs(READ_PEOPLE)
def families() -> ResponseReturnValue:
    """Return one page of the list, of one area and state, or with news alone, if asked for."""
    area = request.args.get("area", "")
    state = request.args.get("state", "")
    listed = read_families(
        area=area if area in areas() else "",
        state=state if state in (*STATES, ANY) else "",
        news="news" in request.args,
        page=request.args.get("page", 1, type=int),
    )
    note_read("list families", [row["family_id"] for row in listed.rows])
    return render_template(
        "families.html",
        run=reader(),
        listed=listed,
        news_since=news_since(reader().as_of),
        areas=areas(),
        area_items=_options("Any area", areas(), listed.area),
        state_items=_options("Met or on the cusp", {**STATES, ANY: "Any"}, listed.state),
        pagination=pagination(listed.page, listed.pages, partial(_address, listed)),
    )


def _options(everything: str, options: Mapping[str, str], chosen: str) -> list[dict[str, Any]]:
    first = {"value": "", "text": everything, "selected": not chosen}
    rest = [
        {"value": value, "text": text, "selected": value == chosen}
        for value, text in options.items()
    ]
    return [first, *rest]


def _address(listed: Listed, page: int) -> str:
    news = "yes" if listed.news else None
    return url_for("families.families", area=listed.area, state=listed.state, news=news, page=page)
