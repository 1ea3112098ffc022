"""The review: one pair at a time, each verdict on disk, nothing shown to whom it is hidden from."""

import html
import json
import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from flask import Flask
from flask.testing import FlaskClient
from mini_council import PASSWORD, make_workspace, publish_run
from sqlalchemy.exc import OperationalError

from pei_graph.ledger import create_user, history, move_ledger, open_ledger, recent, verify
from pei_graph.settings import Settings
from pei_graph.workspace import Workspace
from webapp import access, create_app

SEALED = ("P-9", "F-9", "Hidden", "Sealed Close", "ZZ48 9ZZ", "1099")

MORE_LINKS = """
INSERT INTO links BY NAME
SELECT least(l, r) AS record_l, greatest(l, r) AS record_r, w AS weight, 0.5 AS probability,
    'model' AS reason, '+forename' AS match_key, s AS state, v AS veto,
    (SELECT any_value(bits) FROM links) AS bits,
    {'forename': 0, 'surname': 0, 'birth_date': 0, 'sex': 0, 'address': 0} AS levels
FROM (VALUES
    ('lcs:1024', 'lcs:1023', 3.0, 'possible', NULL),
    ('lcs:1022', 'capita_one:A800000000001', 18.5, 'accepted', NULL),
    ('lcs:1001', 'lcs:1030', -2.0, 'refused', 'sex'),
    ('lcs:1099', 'lcs:1023', 9.0, 'possible', NULL)
) t(l, r, w, s, v)
"""

Desk = Callable[[str], FlaskClient]


@contextmanager
def opened(root: Path, settings: Settings) -> Iterator[Flask]:
    """The pages of a workspace while the body runs."""
    app = create_app(root, settings)
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    app.extensions["readers"].close()
    app.extensions["ledger"].close()


@pytest.fixture(scope="module")
def unjudged(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Path:
    """A workspace with more to be judged, in which nobody has judged anything."""
    made = make_workspace(tmp_path_factory.mktemp("unjudged"), settings)
    with duckdb.connect(str(made.require_current().tables)) as con:
        con.execute(MORE_LINKS)
    with open_ledger(made.ledger, settings) as ledger:
        create_user(ledger, "second", PASSWORD, "reviewer")
    return made.root


@pytest.fixture
def desk_app(unjudged: Path, kept: Settings, tmp_path: Path) -> Iterator[Flask]:
    """The pages of a copy of that workspace, its ledger in its file or moved to a server."""
    shutil.copytree(unjudged, tmp_path / "w")
    if kept.ledger_url:
        move_ledger(Workspace(tmp_path / "w").ledger, kept)
    with opened(tmp_path / "w", kept) as app:
        yield app


@pytest.fixture
def desk(desk_app: Flask) -> Desk:
    """Return the browser of somebody who has signed in."""

    def signed_in(name: str) -> FlaskClient:
        browser = desk_app.test_client()
        answer = {"name": name, "password": PASSWORD, "purpose": "Checking data quality"}
        browser.post("/login", data=answer)
        return browser

    return signed_in


def before(page: str) -> tuple[str, str]:
    """Return the pair that a page asks about."""
    left, right = re.findall(r'name="record_[lr]" value="([^"]+)"', page)[:2]
    return left, right


def say(browser: FlaskClient, verdict: str) -> str:
    """Give a verdict on the pair shown; return the next page."""
    left, right = before(browser.get("/review").text)
    answer = {"record_l": left, "record_r": right, "verdict": verdict}
    return browser.post("/review/verdict", data=answer, follow_redirects=True).text


@pytest.mark.parametrize(
    ("role", "status"), [("practitioner", 403), ("reviewer", 200), ("analyst", 200), ("admin", 200)]
)
def test_those_who_judge_see_the_review(desk: Desk, role: str, status: int) -> None:
    """A practitioner reads and does not judge; the other roles do, and see it in the navigation."""
    browser = desk(role)
    paths = ("/review", "/review/history", "/person/P-3/mend")
    assert {browser.get(path).status_code for path in paths} == {status}
    assert ('href="/review"' in browser.get("/").text) is (status == 200)


def test_a_verdict_is_kept_and_the_next_pair_shown(desk_app: Flask, desk: Desk) -> None:
    """The verdict holds how the pair came to be asked and what was seen; the trail tells of it."""
    browser = desk("reviewer")
    first = before(browser.get("/review").text)
    page = say(browser, "different")
    assert before(page) != first
    assert "Saved: <strong>different people</strong>" in page
    (kept,) = history(desk_app.extensions["ledger"])
    assert (kept.pair, kept.verdict, kept.by, kept.shown) == (
        first, "different", "reviewer", "queue",
    )  # fmt: skip
    assert kept.stratum
    assert len(kept.digest or "") == 64
    entries = [row.action for row in recent(desk_app.extensions["ledger"], 9)]
    assert "judge" in entries
    assert verify(desk_app.extensions["ledger"]).problems == ()


def test_the_page_compares_and_shows_who_is_around(desk: Desk) -> None:
    """Values stand side by side, what differs is marked, bits add up, households are told."""
    browser = desk("reviewer")
    browser.post("/review/ask", data={"record_l": "lcs:1030", "record_r": "lcs:1001"})
    page = browser.get("/review").text
    assert before(page) == ("lcs:1001", "lcs:1030")
    assert '<mark class="pei-unlike">' in page
    for word in ("Testa", "Owen", "≠", "How the evidence adds up", "Lives with", "Rowan Example"):
        assert word in page


def test_a_pair_is_before_one_person_at_a_time(desk: Desk) -> None:
    """Two reviewers never look at one pair; who loads the page again sees the same."""
    one, other = desk("reviewer"), desk("second")
    first = before(one.get("/review").text)
    assert before(other.get("/review").text) != first
    assert before(one.get("/review").text) == first
    other.post("/review/ask", data={"record_l": first[0], "record_r": first[1]})
    assert "Somebody else is looking at that pair" in other.get("/review").text


def test_undo_brings_the_pair_back(desk_app: Flask, desk: Desk) -> None:
    """The verdict is withdrawn, and its pair is before the person again."""
    browser = desk("reviewer")
    first = before(browser.get("/review").text)
    say(browser, "same")
    page = browser.post("/review/undo", follow_redirects=True).text
    assert before(page) == first
    assert "Taken back: same person. That pair is before you again." in page
    assert "Saved:" not in page
    (kept,) = history(desk_app.extensions["ledger"])
    assert kept.withdrawn_by == "reviewer"
    nothing = browser.post("/review/undo", follow_redirects=True).text
    assert "no judgement of yours to undo" in nothing


def test_a_stale_page_records_nothing(desk_app: Flask, desk: Desk) -> None:
    """A verdict on a pair that is no longer before the person is refused, and says so."""
    browser = desk("reviewer")
    left, right = before(browser.get("/review").text)
    say(browser, "unsure")
    stale = {"record_l": left, "record_r": right, "verdict": "same"}
    page = browser.post("/review/verdict", data=stale, follow_redirects=True).text
    assert "Nothing was recorded" in page
    assert len(history(desk_app.extensions["ledger"])) == 1


def test_a_risky_join_is_asked_of_a_second_person(desk_app: Flask, desk: Desk) -> None:
    """The first *same* across a veto waits; the second person is asked first and settles it."""
    one, other = desk("reviewer"), desk("second")
    one.post("/review/ask", data={"record_l": "lcs:1001", "record_r": "lcs:1030"})
    assert "Four eyes" in one.get("/review").text
    assert "once a second person agrees" in say(one, "same")
    assert desk_app.extensions["ledger"].judgements() == []
    page = other.get("/review").text
    assert before(page) == ("lcs:1001", "lcs:1030")
    assert "reviewer" not in page.split("<main")[1]
    say(other, "same")
    (counts,) = desk_app.extensions["ledger"].judgements()
    assert (counts.verdict, counts.by) == ("same", "second")


def test_nobody_sealed_is_asked_about_listed_or_counted(desk: Desk) -> None:
    """A sealed person is in an administrator's queue, context, history and forecast alone."""
    admin = desk("admin")
    admin.post("/review/ask", data={"record_l": "lcs:1099", "record_r": "lcs:1023"})
    assert "Hidden" in admin.get("/review").text
    say(admin, "unsure")
    assert "1099" in admin.get("/review/history").text
    browser = desk("reviewer")
    assert "There is no judgement yet" in browser.get("/review/history").text
    refused = browser.post("/review/ask", data={"record_l": "lcs:1099", "record_r": "lcs:1023"})
    assert refused.status_code == 404
    asked = set()
    for _ in range(9):
        page = browser.get("/review").text
        told = page + browser.get("/review/foresight").text
        assert {word for word in SEALED if word in told} == set()
        if "Nothing is left" in page:
            break
        asked.add(before(page))
        say(browser, "unsure")
    assert asked >= {("lcs:1001", "lcs:1030"), ("lcs:1023", "lcs:1024")}
    assert browser.get("/person/P-9/mend").status_code == 404


def test_what_a_verdict_changes_is_told_before_it_is_given(desk: Desk) -> None:
    """The forecast says which persons become one and what becomes of their families."""
    browser = desk("reviewer")
    browser.post("/review/ask", data={"record_l": "asp:N1044", "record_r": "lcs:1022"})
    told = " ".join(browser.get("/review/foresight").text.split())
    assert "2 persons become one, P-3." in told
    assert "No person and no family changes." in told


def test_only_one_forecast_at_a_time_is_worked_out_for_somebody(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who judges faster than forecasts come is served no second one until the first is done."""
    browser, other = desk("reviewer"), desk("second")
    for each in (browser, other):
        each.get("/review")
    answers: list[int] = []

    def ask_too(*_proposals: object) -> None:
        if not answers:
            answers.append(0)
            with ThreadPoolExecutor(1) as desks:
                asked = [desks.submit(each.get, "/review/foresight") for each in (browser, other)]
            answers[:] = [each.result().status_code for each in asked]

    monkeypatch.setattr("webapp.views.review.read_foresight", ask_too)
    assert browser.get("/review/foresight").status_code == 200
    assert answers == [204, 200]
    assert browser.get("/review/foresight").status_code == 200


def test_the_history_says_whose_records_and_when(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A judgement names systems by their titles, has the time that clocks show, and is compared."""
    monkeypatch.setattr("pei_graph.ledger.judgements.now", lambda: "2026-06-30T23:15:00+00:00")
    browser = desk("reviewer")
    browser.post("/review/ask", data={"record_l": "asp:N1044", "record_r": "lcs:1022"})
    say(browser, "unsure")
    text = html.unescape(browser.get("/review/history").text)
    assert 'ASP (police) <span class="pei-muted">N1044</span>' in text
    assert "01/07/2026, 00:15" in text
    ends = dict(re.findall(r'name="(one|other)" value="([^"]+)"', text))
    compared = browser.post("/explain/pair", data=ends)
    assert "Two records compared" in compared.text


def test_a_long_history_comes_in_pages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest come first, on a page that comes at once and leads to the others."""
    monkeypatch.setattr("webapp.reads.review.A_PAGE", 2)
    browser = desk("reviewer")
    for _ in range(3):
        say(browser, "unsure")
    numbers = {
        page: re.findall(r'name="number" value="(\d+)"', browser.get(page).text)
        for page in ("/review/history", "/review/history?page=2", "/review/history?page=9")
    }
    assert numbers == {
        "/review/history": ["3", "2"],
        "/review/history?page=2": ["1"],
        "/review/history?page=9": ["1"],
    }
    assert 'href="/review/history?page=2#all"' in browser.get("/review/history").text


def test_a_person_is_split_after_seeing_what_follows(desk_app: Flask, desk: Desk) -> None:
    """Ticked records become a new person by judgements, which are shown first and then kept."""
    browser = desk("reviewer")
    wish = {"record": "capita_one:A800000000001", "why": "another child of that name"}
    shown = " ".join(browser.post("/person/P-3/mend", data=wish).text.split())
    assert "P-3 becomes 2 persons: P-3 keeps 1 record and a new person gets 1 record." in shown
    assert "put as 1 judgement" in shown
    assert 'Capita One (education) <span class="pei-muted">A800000000001</span>' in shown
    assert "not shown here yet" not in browser.get("/person/P-3").text
    assert "<strong>A new person</strong>" in shown
    assert history(desk_app.extensions["ledger"]) == []
    for _ in range(2):  # whoever presses twice, or goes back and sends it again
        done = browser.post("/person/P-3/mend/confirm", data=wish, follow_redirects=True).text
    assert "1 decision waits to take effect" in " ".join(done.split())
    assert "Saved: 1 judgement about P-3." in done
    page = desk("practitioner").get("/person/P-3").text
    assert "1 decision about who these records are is not shown here yet" in page
    (kept,) = history(desk_app.extensions["ledger"])
    assert (kept.verdict, kept.shown, kept.why) == ("different", "asked", wish["why"])


def test_two_persons_are_joined_after_seeing_what_follows(desk_app: Flask, desk: Desk) -> None:
    """The whole person is joined with another by id; what the families gain or lose is told."""
    browser = desk("reviewer")
    wish = {"other": "p-3", "why": "one mother, one school"}
    shown = " ".join(browser.post("/person/P-8/mend", data=wish).text.split())
    assert "2 persons become one, P-3." in shown
    browser.post("/person/P-8/mend/confirm", data=wish)
    (kept,) = history(desk_app.extensions["ledger"])
    assert (kept.verdict, kept.pair) == ("same", ("asp:N1044", "lcs:1022"))


@pytest.mark.parametrize(
    ("wish", "problem"),
    [
        ({"why": "x"}, "Tick the records that are somebody else"),
        ({"record": "lcs:1022"}, "Say why"),
        ({"record": "asp:N1044", "why": "x"}, "records of this person only"),
        ({"record": ["lcs:1022", "capita_one:A800000000001"], "why": "x"}, "at least one record"),
        ({"other": "P-3", "why": "x"}, "another person"),
        ({"other": "P-9", "why": "x"}, "no such person"),
    ],
)
def test_a_wish_that_cannot_be_is_refused(desk: Desk, wish: dict[str, str], problem: str) -> None:
    """What is wrong is said in words, and nothing is recorded; a sealed person is nobody."""
    refused = desk("reviewer").post("/person/P-3/mend", data=wish)
    assert refused.status_code == 400
    assert problem in refused.text


def test_the_history_names_contradictions_and_lets_one_withdraw(
    desk_app: Flask, desk: Desk
) -> None:
    """Judgements against each other are shown with who made them; withdrawing one mends it."""
    browser = desk("reviewer")
    for left, right, verdict in (
        ("asp:N1044", "lcs:1022", "same"),
        ("capita_one:A800000000001", "lcs:1022", "same"),
        ("asp:N1044", "capita_one:A800000000001", "different"),
    ):
        browser.post("/review/ask", data={"record_l": left, "record_r": right})
        say(browser, verdict)
    assert "Judgements that contradict each other" in browser.get("/review/history").text
    page = browser.post("/review/withdraw", data={"number": 3}, follow_redirects=True).text
    assert "Judgement 3 is withdrawn" in page
    assert "contradict each other" not in page
    assert browser.post("/review/withdraw", data={"number": 3}).status_code == 404
    (entry, *_) = [
        row for row in recent(desk_app.extensions["ledger"], 5) if row.action == "withdraw"
    ]
    assert json.loads(entry.detail) == {"judgement": 3}


def test_what_a_new_run_says_of_judged_records_is_seen(
    desk: Desk, tmp_path: Path, settings: Settings
) -> None:
    """A judgement is marked once a run is published whose records say otherwise, or are gone.

    The latter is told to whoever may see all: nothing says any more that it was not sealed.
    """
    browser, admin = desk("reviewer"), desk("admin")
    browser.post("/review/ask", data={"record_l": "asp:N1044", "record_r": "lcs:1022"})
    say(browser, "different")
    assert "the records have changed since" not in browser.get("/review/history").text
    renamed = "UPDATE records SET surname_given = 'Roe' WHERE record_id = 'asp:N1044'"
    publish_run(Workspace(tmp_path / "w"), settings, renamed)
    assert "the records have changed since" in browser.get("/review/history").text
    publish_run(Workspace(tmp_path / "w"), settings, "DELETE FROM members WHERE person_id = 'P-8'")
    assert "N1044" not in browser.get("/review/history").text
    assert "in no delivery now" in admin.get("/review/history").text
    assert admin.post("/review/withdraw", data={"number": 1}).status_code == 303


def test_nothing_of_the_review_is_shown_that_cannot_be_recorded(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the trail cannot be written, nothing about a pair leaves, and no verdict is kept."""
    browser = desk("reviewer")
    left, right = before(browser.get("/review").text)

    def fail(*_: object) -> None:
        raise OperationalError("insert", {}, OSError("disk full"))

    monkeypatch.setattr(access, "append", fail)
    for path in ("/review", "/review/foresight", "/review/history", "/person/P-3/mend"):
        refused = browser.get(path)
        assert refused.status_code == 500
        assert "Example" not in refused.text
    answer = {"record_l": left, "record_r": right, "verdict": "same"}
    assert browser.post("/review/verdict", data=answer).status_code == 500
    monkeypatch.undo()
    assert "There is no judgement yet" in browser.get("/review/history").text


def test_an_explained_pair_can_be_judged(desk: Desk) -> None:
    """Whoever reads why two records are not one person can go on to judge them; a reader cannot."""
    asked = {"one": "asp:N1044", "other": "lcs:1022"}
    browser = desk("reviewer")
    assert "Judge this pair" in browser.post("/explain/pair", data=asked).text
    assert "Judge this pair" not in desk("practitioner").post("/explain/pair", data=asked).text
