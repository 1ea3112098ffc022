"""The list of families, highest priority first: as pages, and as a file for a spreadsheet."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pei_graph.news import news_since
from pei_graph.writing import BOM, harmless
from webapp.access import EXPORT, READ_PEOPLE, may, needs, note_read
from webapp.format import STATES, areas, plural, state_title
from webapp.paging import pagination
from webapp.reads.families import (
    Listed,
    Wanted,
    families_to_pass_on,
    how_many_to_pass_on,
    read_families,
)
from webapp.runs import reader

pages = Blueprint("families", __name__)

ANY = "any"
"""The state that every family's areas are in."""
NEARLY = "nearly-"
"""Before a number of areas: they would be as many with those on the cusp."""


@pages.get("/families")
@needs(READ_PEOPLE)
def families() -> ResponseReturnValue:
    """Return one page of the list, of what is asked for alone."""
    wanted = _wanted()
    listed = read_families(wanted, page=request.args.get("page", 1, type=int))
    note_read("list families", [row["family_id"] for row in listed.rows])
    return render_template(
        "families.html",
        run=reader(),
        listed=listed,
        news_since=news_since(reader().as_of),
        areas=areas(),
        area_items=_options("Any area", areas(), wanted.area),
        state_items=_options("Met or on the cusp", {**STATES, ANY: "Any"}, wanted.state),
        number_items=_options("Any number", _numbers(), _number(wanted)),
        pagination=pagination(listed.page, listed.pages, partial(_address, wanted)),
        exported=_exported(listed) if may(EXPORT) else None,
    )


@pages.get("/families.csv")
@needs(EXPORT)
def as_file() -> ResponseReturnValue:
    """Return the whole list that is asked for as CSV, without sealed families."""
    rows = families_to_pass_on(_wanted())
    note_read("export families", [row["family_id"] for row in rows], results=len(rows))
    name = f"families-run-{reader().number}.csv"
    return Response(
        _csv([_heads(), *map(list, map(_cells, rows))]),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _wanted() -> Wanted:
    area, state = (request.args.get(name, "") for name in ("area", "state"))
    number = request.args.get("met", "")
    known = number in _numbers()
    return Wanted(
        area=area if area in areas() else "",
        state=state if state in (*STATES, ANY) else "",
        news="news" in request.args,
        met=int(number.removeprefix(NEARLY)) if known else 0,
        nearly=known and number.startswith(NEARLY),
    )


def _numbers() -> Mapping[str, str]:
    """Return the numbers of areas that can be asked for, as addresses have them, in words."""
    counted = range(1, len(areas()) + 1)
    met = {str(n): f"{n} or more met" for n in counted}
    return met | {f"{NEARLY}{n}": f"Nearly {n}: with those on the cusp" for n in counted}


def _number(wanted: Wanted) -> str:
    return f"{NEARLY if wanted.nearly else ''}{wanted.met or ''}"


def _options(everything: str, options: Mapping[str, str], chosen: str) -> list[dict[str, Any]]:
    first = {"value": "", "text": everything, "selected": not chosen}
    rest = [
        {"value": value, "text": text, "selected": value == chosen}
        for value, text in options.items()
    ]
    return [first, *rest]


def _asked(wanted: Wanted) -> dict[str, Any]:
    """Return what an address of the list says of the families that are wanted."""
    return {
        "area": wanted.area,
        "state": wanted.state,
        "met": _number(wanted) or None,
        "news": "yes" if wanted.news else None,
    }


def _address(wanted: Wanted, page: int) -> str:
    return url_for("families.families", **_asked(wanted), page=page)


def _exported(listed: Listed) -> dict[str, Any]:
    """Return where the file of a list is, how many it holds, and how many of the list it lacks."""
    held = how_many_to_pass_on(listed.wanted)
    return {
        "href": url_for("families.as_file", **_asked(listed.wanted)),
        "held": plural(held, "family", "families"),
        "sealed": listed.total - held,
    }


def _heads() -> list[str]:
    return [
        "Family", "Surnames", "Address", "Postcode", "Adults", "Children", "Of unknown age",
        "Priority", "Areas met", "Areas on the cusp", *areas().values(), "New facts", "As of",
    ]  # fmt: skip


def _cells(row: Mapping[str, Any]) -> Iterator[object]:
    yield row["family_id"]
    yield ", ".join(row["surnames"] or [])
    yield from (row[name] for name in ("line", "postcode", "adults", "children", "others"))
    yield from (row[name] for name in ("points", "met", "cusp"))
    states = row["states"] or {}
    yield from (state_title(states.get(area, "no_data")) for area in areas())
    yield from (row["news"], reader().as_of.isoformat())


def _csv(lines: Sequence[Sequence[object]]) -> str:
    """Return lines as a spreadsheet reads them, with no cell that it would run."""
    written = io.StringIO(BOM, newline="")
    written.seek(len(BOM))
    csv.writer(written).writerows([harmless(cell) for cell in line] for line in lines)
    return written.getvalue()
