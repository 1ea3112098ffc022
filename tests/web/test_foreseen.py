"""What is foreseen of a verdict is what it will bring about."""

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from pei_graph.ledger import Showing, judge, withdraw

PARTED = ("capita_one:A800000000001", "lcs:1022")


def test_a_verdict_that_others_outvote_changes_nothing(
    app: Flask, sign_in: Callable[[str], FlaskClient]
) -> None:
    """Where two people's *same* on a risky join stands, one person's *different* parts nobody."""
    ledger, risky = app.extensions["ledger"], Showing(four_eyes=True)
    numbers = [
        judge(ledger, PARTED, verdict="same", by=who, why="seen", showing=risky)
        for who in ("admin", "analyst")
    ]
    wish = {"record": PARTED[0], "why": "another child of that name"}
    try:
        page = " ".join(sign_in("reviewer").post("/person/P-3/mend", data=wish).text.split())
    finally:
        for number in numbers:
            withdraw(ledger, number, "admin")
    assert "No person and no family changes." in page
    assert "This is not quite what you asked for" in page


def test_what_a_second_person_is_not_asked_of_is_said(
    sign_in: Callable[[str], FlaskClient],
) -> None:
    """Records that are to be another's part from their person before anybody agrees."""
    wish = {"record": PARTED[0], "other": "P-6", "why": "his"}
    page = " ".join(sign_in("reviewer").post("/person/P-3/mend", data=wish).text.split())
    assert "A second person must agree before <em>same person</em> counts" in page
    assert "The ticked records are parted from P-3 all the same" in page
