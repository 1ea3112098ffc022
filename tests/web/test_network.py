"""The network: households, people and agencies, opened a step at a time."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient


def picture(browser: FlaskClient, path: str) -> dict[str, Any]:
    """The elements of a picture: nodes by id, and edges as (kind, ends, label)."""
    answer = browser.get(path).get_json()
    return {
        "nodes": {node["id"]: node for node in answer["nodes"]},
        "edges": {(e["kind"], e["source"], e["target"], e["label"]) for e in answer["edges"]},
    }


def test_people_stand_in_their_households(analyst: FlaskClient) -> None:
    """A family is a box with its members in it; a relative stands in his own."""
    nodes = picture(analyst, "/network/F-1/picture.json")["nodes"]
    homes = {name: node.get("parent") for name, node in nodes.items() if node["kind"] == "person"}
    family = dict.fromkeys(("P-1", "P-2", "P-3", "P-4", "P-5"), "F-1")
    assert homes == family | {"P-6": "F-2", "P-8": None}


def test_lines_say_how_people_are_tied(analyst: FlaskClient) -> None:
    """Relations run from the parent, possible matches carry their per cent."""
    edges = picture(analyst, "/network/F-1/picture.json")["edges"]
    assert {
        ("relation", "P-1", "P-3", "parent"),
        ("relation", "P-6", "P-3", "parent"),
        ("agency", "P-3", "source:lcs", ""),
    } <= edges
    (possible,) = [edge for edge in edges if edge[0] == "possible"]
    assert ({possible[1], possible[2]}, possible[3]) == ({"P-3", "P-8"}, "62 %")


def test_who_is_asked_about_stands_first(analyst: FlaskClient) -> None:
    """The table begins with the people asked about, and it says of which day it is."""
    text = analyst.get("/network/P-8").text
    listed = re.findall(r'row" class="govuk-table__header"><a[^>]*/person/([^"]+)"', text)
    assert listed[0] == "P-8"
    assert len(listed) > 1
    assert "As of 30 September 2026" in text


def test_a_step_is_announced_and_opened(analyst: FlaskClient) -> None:
    """The father's link says how many more it opens, and opening shows them."""
    before = analyst.get("/network/F-1").text
    link = re.search(r'href="(/network/F-1\?open=P-6)">Open 1 more', before)
    assert link is not None
    edges = picture(analyst, "/network/F-1/picture.json?open=P-6")["edges"]
    assert any(kind == "lived" and {one, other} == {"P-1", "P-6"} for kind, one, other, _ in edges)
    assert "Close again" in analyst.get(link[1]).text


def test_the_tables_say_the_same_as_the_picture(analyst: FlaskClient) -> None:
    """Everybody in the picture has a row, and every possible match a line."""
    text = analyst.get("/network/F-1").text
    nodes = picture(analyst, "/network/F-1/picture.json")["nodes"]
    people = {name for name, node in nodes.items() if node["kind"] == "person"}
    assert people <= set(re.findall(r"/person/([^\"]+)\"", text))
    assert "may be one person" in text


def test_a_network_starts_from_a_person_too(analyst: FlaskClient) -> None:
    """Somebody in no family stands alone with whom they may be."""
    nodes = picture(analyst, "/network/P-8/picture.json")["nodes"]
    assert nodes["P-8"]["heart"]
    assert not nodes["P-3"]["heart"]


def test_the_picture_is_the_same_tomorrow(analyst: FlaskClient) -> None:
    """The same question gives the same elements in the same order."""
    first, second = (analyst.get("/network/F-1/picture.json").data for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("path", "links"),
    [("/network/F-1", ["F-1"]), ("/network/P-6", ["P-6", "F-2"]), ("/network/P-8", ["P-8"])],
)
def test_a_network_leads_back(analyst: FlaskClient, path: str, links: list[str]) -> None:
    """Above the picture stand the pages of whom it is about."""
    above = analyst.get(path).text.split('id="legend"')[0]
    assert re.findall(r'href="/(?:family|person)/([^"]+)"', above) == links
