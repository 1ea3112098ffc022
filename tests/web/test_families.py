"""The list of families: narrowed to what is asked, and saved as a file that may be passed on."""

import csv
import io
import json
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pei_graph.ledger import recent
from tests.web.test_pages import see

SignIn = Callable[[str], FlaskClient]


def saved(browser: FlaskClient, path: str) -> list[dict[str, str]]:
    """The lines of a file as a spreadsheet reads them."""
    answer = browser.get(path)
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["Cache-Control"] == "no-store"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("met=2", "1 family; 1 to 1 shown"),
        ("met=3", "No family has this area in this state and this number of areas met"),
        ("met=nearly-3", "1 family; 1 to 1 shown"),
        ("met=nearly-1", "15 families; 1 to 15 shown"),
        ("met=nearly-1&area=health", "No family has this area"),
        ("met=nearly-2", "No family has this area in this state and this number of areas met"),
        ("met=nonsense&state=any", "33 families; 1 to 25 shown"),
    ],
)
def test_families_are_filtered_by_how_many_areas_they_meet(
    analyst: FlaskClient, asked: str, told: str
) -> None:
    """At least so many, or nearly: fewer now, and as many with those on the cusp."""
    assert told in see(analyst, f"/families?{asked}")


def test_the_pages_of_a_list_keep_what_was_asked(analyst: FlaskClient) -> None:
    """Leafing on, what was chosen stays chosen."""
    text = analyst.get("/families?met=&state=any").text
    assert "met=" not in text.split("pagination")[1]
    text = analyst.get("/families?met=nearly-1").text
    assert '<option value="nearly-1" selected>' in text
    assert "met=nearly-1" in text


@pytest.mark.parametrize("asked", ["", "?state=any", "?met=nearly-1", "?area=school&state=cusp"])
def test_the_list_is_saved_whole_as_it_is_filtered(analyst: FlaskClient, asked: str) -> None:
    """The file holds every family of every page, as many as the page counts."""
    lines = saved(analyst, f"/families.csv{asked}")
    assert f"{len(lines)} families; " in see(analyst, f"/families{asked}")
    assert f"(CSV) : {len(lines)} families." in see(analyst, f"/families{asked}")


def test_a_line_of_the_file_says_what_the_page_says(analyst: FlaskClient) -> None:
    """Who, where, how many, the sum and each area's state stand in columns of their own."""
    [line] = saved(analyst, "/families.csv?met=2")
    assert line["Family"] == "F-1"
    assert line["Surnames"] == "Example"
    assert line["Address"] == "12 Invented Road, Nowhere"
    assert (line["Adults"], line["Children"], line["Priority"]) == ("2", "3", "7")
    assert (line["Areas met"], line["Areas on the cusp"]) == ("2", "1")
    assert (line["School"], line["Health"]) == ("On the cusp", "No data")
    assert line["As of"] == "2026-09-30"


def test_a_file_holds_nobody_sealed(sign_in: SignIn) -> None:
    """Not even an administrator's, who is told how many are left out."""
    admin = sign_in("admin")
    lines = saved(admin, "/families.csv?state=any")
    assert "F-9" not in {line["Family"] for line in lines}
    assert f"{len(lines)} families; 1 sealed family left out" in see(admin, "/families?state=any")
    assert "34 families; 1 to 25 shown" in see(admin, "/families?state=any")


@pytest.mark.parametrize("role", ["practitioner", "reviewer"])
def test_only_analysts_save_the_list(sign_in: SignIn, role: str) -> None:
    """Whoever looks families up is offered no file, and given none."""
    browser = sign_in(role)
    assert "families.csv" not in browser.get("/families").text
    assert browser.get("/families.csv").status_code == 403


def test_saving_the_list_is_recorded(app: Flask, analyst: FlaskClient) -> None:
    """Who took whom, and for what purpose, stands in the trail before the file leaves."""
    lines = saved(analyst, "/families.csv?met=nearly-1")
    (entry,) = recent(app.extensions["ledger"], 1)
    assert (entry.who, entry.action) == ("analyst", "export families")
    assert entry.purpose == "Checking data quality"
    assert set(json.loads(entry.subjects)) == {line["Family"] for line in lines}


def test_no_cell_of_the_file_is_run(analyst_of: Callable[..., FlaskClient]) -> None:
    """What a spreadsheet would take for a formula is text there."""
    browser = analyst_of("UPDATE addresses SET line = '=1+1' WHERE line LIKE '12 Invented%'")
    [line] = saved(browser, "/families.csv?met=2")
    assert line["Address"] == "'=1+1"
