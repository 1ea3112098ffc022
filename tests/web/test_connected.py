"""How two people of a network are connected, and who holds it together."""

import re
from collections.abc import Callable
from html import unescape

from flask.testing import FlaskClient

SignIn = Callable[[str], FlaskClient]


def rows(page: str, caption: str) -> list[list[str]]:
    """The cells of the body of the table with a caption, as they read."""
    table = next((part for part in page.split("<table")[1:] if f'hidden">{caption}' in part), "")
    body = table.partition("</tbody>")[0].partition("<tbody")[2]
    cells = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("<tr"))
    return [[_read(cell) for cell in row] for row in cells if row]


def _read(cell: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", "", cell)).split())


def way(browser: FlaskClient, start: str, end: str, more: str = "") -> list[list[str]]:
    """The steps from one person to another in the network of F-1."""
    page = browser.get(f"/network/F-1?from={start}&to={end}{more}").text
    return rows(page, "The way from one person to the other")


def test_a_recorded_way_names_each_tie_and_who_says_so(analyst: FlaskClient) -> None:
    """Home by home and relation by relation, each step with its kind and its systems."""
    assert way(analyst, "P-2", "P-6") == [
        ["Rowan Example", "Tim Example", "Both live at one address: 12 Invented Road, Nowhere",
         "LCS (children's social care)"],
        ["Tim Example", "Owen Sample-Roe", "Owen Sample-Roe is parent of Tim Example",
         "LCS (children's social care)"],
    ]  # fmt: skip


def test_an_address_once_shared_is_a_step(analyst: FlaskClient) -> None:
    """Opened a step further, the father is tied to who lived with him, by both systems' word."""
    [step] = way(analyst, "P-1", "P-6", "&open=P-6")
    assert step[2] == "Both live or lived at one address: 14 Other Street, Nowhere"
    assert step[3] == "ASP (police), LCS (children's social care)"


def test_what_is_only_possible_says_so(analyst: FlaskClient) -> None:
    """A possible match is a step where nothing else leads there, and the page warns of it."""
    page = analyst.get("/network/F-1?from=P-8&to=P-6").text
    assert "This is not all recorded" in page
    first, _ = rows(page, "The way from one person to the other")
    assert first[2].startswith("They may be one person (62 %)")
    assert first[3] == "nobody: not settled"
    assert "This is not all recorded" not in analyst.get("/network/F-1?from=P-1&to=P-6").text


def test_who_is_in_between_is_named_with_what_hangs_on_them(analyst: FlaskClient) -> None:
    """Of fifteen pairs of others, four reach the father through his son alone."""
    assert rows(analyst.get("/network/F-1").text, "Who holds these people together") == [
        ["Tim Example", "26 %", "1 person is cut off from the rest"]
    ]


def test_nobody_holds_together_who_all_know_each_other(analyst: FlaskClient) -> None:
    """Somebody alone, with nobody but a possible match, is held together by nobody."""
    assert "Nobody: no two people shown need a third" in analyst.get("/network/P-8").text


def test_nobody_sealed_is_counted_or_stepped_on(sign_in: SignIn) -> None:
    """A sealed sister is part of the answer for an administrator, and of no other's."""
    standing = "Who holds these people together"
    admin, other = (sign_in(role) for role in ("admin", "analyst"))
    assert rows(admin.get("/network/F-1").text, standing) != rows(
        other.get("/network/F-1").text, standing
    )
    assert way(admin, "P-9", "P-3")
    asked = [other.get(f"/network/F-1?from={who}&to=P-3").text for who in ("P-9", "P-000")]
    sealed, nobody = (re.sub(r'csrf_token" value="[^"]*"', "", text) for text in asked)
    assert "Choose two different people" in sealed
    assert sealed.replace("P-9", "") == nobody.replace("P-000", "")
