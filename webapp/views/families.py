"""The list of families, highest priority first."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.access import READ_PEOPLE, needs, note_read
from webapp.format import STATES, areas
from webapp.reads.families import Listed, read_families
from webapp.runs import reader

pages = Blueprint("families", __name__)

ANY = "any"
"""The state that every family's areas are in."""


@pages.get("/families")
@needs(READ_PEOPLE)
def families() -> ResponseReturnValue:
    """Return one page of the list, of one area and state if asked for."""
    area = request.args.get("area", "")
    state = request.args.get("state", "")
    listed = read_families(
        area=area if area in areas() else "",
        state=state if state in (*STATES, ANY) else "",
        page=request.args.get("page", 1, type=int),
    )
    note_read("list families", [row["family_id"] for row in listed.rows])
    return render_template(
        "families.html",
        run=reader(),
        listed=listed,
        areas=areas(),
        area_items=_options("Any area", areas(), listed.area),
        state_items=_options("Met or on the cusp", {**STATES, ANY: "Any"}, listed.state),
        pagination=_pagination(listed),
    )


def _options(everything: str, options: Mapping[str, str], chosen: str) -> list[dict[str, Any]]:
    first = {"value": "", "text": everything, "selected": not chosen}
    rest = [
        {"value": value, "text": text, "selected": value == chosen}
        for value, text in options.items()
    ]
    return [first, *rest]


def _pagination(listed: Listed) -> dict[str, Any]:
    """Return what the pagination component shows: the ends, and the pages beside this one."""
    if listed.pages == 1:
        return {}
    links: dict[str, Any] = {"items": list(_page_items(listed))}
    if listed.page > 1:
        links["previous"] = {"href": _address(listed, listed.page - 1)}
    if listed.page < listed.pages:
        links["next"] = {"href": _address(listed, listed.page + 1)}
    return links


def _page_items(listed: Listed) -> Iterator[dict[str, Any]]:
    beside = {1, listed.page - 1, listed.page, listed.page + 1, listed.pages}
    shown = [page for page in sorted(beside) if 1 <= page <= listed.pages]
    for before, page in zip([0, *shown], shown, strict=False):
        if page > before + 1:
            yield {"ellipsis": True}
        yield {"number": page, "href": _address(listed, page), "current": page == listed.page}


def _address(listed: Listed, page: int) -> str:
    return url_for("families.families", area=listed.area, state=listed.state, page=page)
