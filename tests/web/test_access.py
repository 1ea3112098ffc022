"""Nobody sees a page that their role does not include, and every read of people is recorded."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from mini_council import PASSWORD
from sqlalchemy.exc import OperationalError

from pei_graph.errors import PeiError
from pei_graph.ledger import create_user, recent, verify
from pei_graph.settings import Settings
from webapp import access, create_app

SignIn = Callable[[str], FlaskClient]

PEOPLE = (
    "/families", "/family/F-1", "/person/P-3", "/explain/P-3", "/explain/P-3/P-8", "/history/P-3",
    "/network/F-1", "/network/F-1/picture.json",
)  # fmt: skip
LOGIN = {"name": "analyst", "password": PASSWORD, "purpose": access.PURPOSES[0]}
ROLES = {
    "practitioner": {"/": 200, "/sources": 403} | dict.fromkeys(PEOPLE, 200),
    "analyst": {"/": 200, "/sources": 200} | dict.fromkeys(PEOPLE, 200),
    "admin": {"/": 200, "/sources": 200} | dict.fromkeys(PEOPLE, 200),
}


def test_every_route_names_a_known_permission(app: Flask) -> None:
    """No route lacks a permission, and none names one that the table does not know."""
    named = {
        rule.endpoint: getattr(app.view_functions[rule.endpoint], "permission", None)
        for rule in app.url_map.iter_rules()
    }
    known = {*access.PERMISSIONS, access.EVERYBODY}
    assert {route: asked for route, asked in named.items() if asked not in known} == {}


def test_only_the_login_is_open_to_everybody(app: Flask) -> None:
    """The routes that need no login are these and no others."""
    views = app.view_functions.items()
    found = {name for name, view in views if view.permission == access.EVERYBODY}
    assert found == {"assets.asset", "assets.healthy", "login.form", "login.sign_in"}


def test_a_route_without_a_permission_is_refused(workspace: Path, settings: Settings) -> None:
    """A view that somebody forgot to mark answers nobody."""
    app = create_app(workspace, settings)
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    assert app.test_client().get("/forgotten").status_code == 403


@pytest.mark.parametrize(
    ("role", "path"), [(role, path) for role, paths in ROLES.items() for path in paths]
)
def test_each_role_sees_its_pages(sign_in: SignIn, role: str, path: str) -> None:
    """The matrix of roles and routes is as the table of permissions says."""
    assert sign_in(role).get(path).status_code == ROLES[role][path]


@pytest.mark.parametrize("path", ["/", "/sources", *PEOPLE])
def test_nobody_sees_a_page_without_signing_in(app: Flask, path: str) -> None:
    """A browser that is not signed in is sent to the login, which remembers the page."""
    response = app.test_client().get(path)
    assert response.status_code == 302
    assert response.location.startswith("/login?next=")
    assert "Example" not in response.text


def test_a_wrong_password_says_what_to_do(app: Flask) -> None:
    """A failed login names no cause that helps a guesser and keeps the user name."""
    answer = {"name": "analyst", "password": "wrong", "purpose": access.PURPOSES[0]}
    response = app.test_client().post("/login", data=answer)
    assert response.status_code == 401
    assert "The user name or the password is wrong" in response.text
    assert 'value="analyst"' in response.text


def test_a_login_needs_a_purpose(app: Flask) -> None:
    """The right password without a purpose signs nobody in."""
    response = app.test_client().post("/login", data={"name": "analyst", "password": PASSWORD})
    assert response.status_code == 400
    assert "Choose what you are here for" in response.text


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/family/F-1", "/family/F-1"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
    ],
)
def test_a_login_leads_to_our_own_pages_alone(app: Flask, wanted: str, led_to: str) -> None:
    """The page asked for before signing in is opened if it is ours."""
    answer = {"name": "analyst", "password": PASSWORD, "purpose": access.PURPOSES[0]}
    response = app.test_client().post("/login", query_string={"next": wanted}, data=answer)
    assert response.location == led_to


@pytest.mark.parametrize(
    ("method", "path", "came_from", "led_to"),
    [
        ("GET", "/families?area=school&page=2", None, "/families?area=school&page=2"),
        ("POST", "/review/verdict", "http://localhost/review", "/review"),
        ("POST", "/review/verdict", "http://evil.example/review", "/"),
        ("POST", "/search", None, "/"),
    ],
)
def test_whoever_was_signed_out_comes_back_to_their_page(
    app: Flask, method: str, path: str, came_from: str | None, led_to: str
) -> None:
    """After a session has ended the login leads to a page, and says what was not kept."""
    browser = app.test_client()
    headers = {"Referer": came_from} if came_from else {}
    login = browser.open(path, method=method, headers=headers).location
    said = "What you sent last was not kept" in browser.get(login).text
    assert said == (method == "POST")
    answer = {"name": "analyst", "password": PASSWORD, "purpose": access.PURPOSES[0]}
    assert browser.post(login, data=answer).location == led_to


def test_signing_out_revokes_the_session(app: Flask) -> None:
    """A cookie that was copied before signing out opens nothing afterwards."""
    browser = app.test_client()
    answer = {"name": "analyst", "password": PASSWORD, "purpose": access.PURPOSES[0]}
    browser.post("/login", data=answer)
    stolen = browser.get_cookie("pei")
    assert stolen is not None
    assert stolen.http_only
    assert stolen.same_site == "Lax"
    browser.post("/logout")
    browser.set_cookie("pei", stolen.value)
    assert browser.get("/family/F-1").status_code == 302


def test_forms_need_their_token(workspace: Path, settings: Settings) -> None:
    """A form that another site sends is refused with what to do."""
    app = create_app(workspace, settings)
    browser = app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False
    browser.post("/login", data=LOGIN)
    app.config["WTF_CSRF_ENABLED"] = True
    for path in ("/login", "/logout", "/search", "/review/verdict"):
        response = browser.post(path, data={"q": "x"})
        assert response.status_code == 400
        assert "The form has expired" in response.text
    assert app.test_client().post("/login", data=LOGIN).status_code == 400


@pytest.mark.parametrize("path", ["/review/verdict", "/person/P-3/mend/confirm", "/logout"])
def test_a_form_sent_after_the_session_was_lost_asks_to_sign_in(
    workspace: Path, settings: Settings, path: str
) -> None:
    """Its token went with the session; that it has expired would not say what to do."""
    app = create_app(workspace, settings)
    headers = {"Referer": "http://localhost/person/P-3/mend"}
    response = app.test_client().post(path, data={"verdict": "same"}, headers=headers)
    assert response.status_code == 302
    assert response.location == "/login?next=/person/P-3/mend&lost=yes"


def test_too_many_failures_make_a_name_wait(tmp_path: Path, settings: Settings) -> None:
    """After five wrong passwords even the right one has to wait."""
    app = create_app(tmp_path, settings)
    app.config["WTF_CSRF_ENABLED"] = False
    create_user(app.extensions["ledger"], "analyst", PASSWORD, "analyst")
    answer = {"name": "analyst", "password": "wrong", "purpose": access.PURPOSES[0]}
    for _ in range(5):
        assert app.test_client().post("/login", data=answer).status_code == 401
    response = app.test_client().post("/login", data=answer | {"password": PASSWORD})
    assert response.status_code == 429
    assert "Wait 15 minutes" in response.text


def test_other_machines_need_a_secret(workspace: Path) -> None:
    """Pages are not served to other machines with a secret made for this one."""
    with pytest.raises(PeiError, match="default secret"):
        create_app(workspace, Settings(host="0.0.0.0"))  # noqa: S104 - refused, that is the point
    with pytest.raises(PeiError, match="too short"):
        create_app(workspace, Settings(host="198.51.100.7", secret_key="short"))


def test_other_machines_get_a_secure_cookie(workspace: Path) -> None:
    """Beyond this machine the cookie travels over HTTPS alone."""
    app = create_app(workspace, Settings(host="198.51.100.7", secret_key="x" * 32))
    assert app.config["SESSION_COOKIE_SECURE"] is True


@pytest.mark.parametrize("path", [*PEOPLE, "/family/F-nobody", "/person/P-nobody"])
def test_every_read_of_people_is_recorded(app: Flask, analyst: FlaskClient, path: str) -> None:
    """Who, for what purpose and whom by id stands in the trail; a miss is recorded too."""
    analyst.get(path)
    (entry,) = recent(app.extensions["ledger"], 1)
    assert (entry.who, entry.purpose) == ("analyst", "Checking data quality")
    assert all(subject[:2] in {"F-", "P-", "G-"} for subject in json.loads(entry.subjects))
    assert verify(app.extensions["ledger"]).problems == ()


def test_a_search_is_recorded_without_its_words(app: Flask, analyst: FlaskClient) -> None:
    """The trail says who was found, never what was typed."""
    analyst.post("/search", data={"q": "Tim Example 04/05/2017"})
    (entry,) = recent(app.extensions["ledger"], 1)
    assert set(json.loads(entry.subjects)) == {"P-3"}
    assert "xample" not in "".join(map(str, entry))


def test_nothing_is_shown_that_cannot_be_recorded(
    analyst: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the trail cannot be written, the page is an error without a person on it."""

    def fail(*_: object) -> None:
        raise OperationalError("insert", {}, OSError("disk full"))

    monkeypatch.setattr(access, "append", fail)
    for path in PEOPLE:
        response = analyst.get(path)
        assert response.status_code == 500
        assert "Example" not in response.text


def test_a_page_that_forgot_to_record_shows_nothing(
    workspace: Path, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """A view of people that writes no audit entry is refused after the fact, before it leaves."""
    app = create_app(workspace, settings)
    app.config["WTF_CSRF_ENABLED"] = False
    app.add_url_rule("/leak", "leak", access.needs(access.READ_PEOPLE)(lambda: "Testa Example"))
    browser = app.test_client()
    answer = {"name": "analyst", "password": PASSWORD, "purpose": access.PURPOSES[0]}
    browser.post("/login", data=answer)
    response = browser.get("/leak")
    assert response.status_code == 500
    assert "audit trail" in response.text
    assert "Example" not in response.text + caplog.text


def test_no_log_line_holds_what_was_typed(
    analyst: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    """The access log says path, status and time; neither a search nor a made-up path."""
    caplog.set_level("DEBUG")
    analyst.post("/search", data={"q": "testa example"})
    analyst.get("/people/testa-example?name=example")
    lines = [line for line in caplog.text.splitlines() if "POST /search 200" in line]
    assert lines
    assert "xample" not in caplog.text
