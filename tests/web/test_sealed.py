"""Sealed people, places and their families are betrayed by nothing, except to an administrator."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

SignIn = Callable[[str], FlaskClient]

SEALED = ("P-9", "F-9", "Hidden", "Sealed Close", "ZZ48 9ZZ", "1099")
SEARCHES = ("hidden sealed", "1099", "P-9", "F-9", "9 sealed close", "ZZ48 9ZZ", "06/06/2015")


@pytest.mark.parametrize("role", ["practitioner", "analyst"])
@pytest.mark.parametrize("path", ["/person/P-9", "/family/F-9", "/network/P-9", "/network/F-9"])
def test_a_sealed_page_is_as_if_it_were_not(sign_in: SignIn, role: str, path: str) -> None:
    """The page of somebody sealed is the same as the page of nobody."""
    browser = sign_in(role)
    sealed, nobody = browser.get(path), browser.get(path + "000")
    assert sealed.status_code == nobody.status_code == 404
    assert _without_token(sealed.text) == _without_token(nobody.text)


def _without_token(page: str) -> str:
    # The sign-out form's token holds the second in which the page was made.
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page)


@pytest.mark.parametrize("path", ["/person/P-3", "/family/F-1", "/network/F-1", "/families"])
def test_no_page_betrays_a_sealed_relative(sign_in: SignIn, path: str) -> None:
    """The sister of a child is in no list, count or picture of a user who may not see her."""
    text = sign_in("analyst").get(path).text
    assert {word for word in SEALED if word in text} == set()


def test_the_picture_betrays_nobody(sign_in: SignIn) -> None:
    """The elements of the picture hold nobody sealed, even where somebody asks to open them."""
    for role, seen in (("analyst", False), ("admin", True)):
        answer = sign_in(role).get("/network/F-1/picture.json?open=P-3,P-9").get_json()
        assert any(node["id"] == "P-9" for node in answer["nodes"]) is seen


@pytest.mark.parametrize("typed", SEARCHES)
def test_no_search_finds_somebody_sealed(sign_in: SignIn, typed: str) -> None:
    """However one searches, somebody sealed is found by an administrator alone."""
    assert "/P-9" not in sign_in("practitioner").post("/search", data={"q": typed}).text
    found = sign_in("admin").post("/search", data={"q": typed}).text
    assert "/person/P-9" in found or "/family/F-9" in found


def test_an_administrator_sees_what_is_sealed(sign_in: SignIn) -> None:
    """The sealed page answers an administrator."""
    assert "Hidden Sealed" in sign_in("admin").get("/person/P-9").text


@pytest.mark.parametrize("path", ["/person/P-9", "/family/F-9"])
def test_an_administrator_is_told_that_it_is_sealed(sign_in: SignIn, path: str) -> None:
    """Whoever sees a sealed page is told that others do not; of other pages it is not said."""
    warning = "Sealed: nobody but an administrator sees this page."
    assert warning in sign_in("admin").get(path).text
    for open_to_all in ("/person/P-3", "/family/F-1"):
        assert warning not in sign_in("admin").get(open_to_all).text
