"""Pages that explain: why one person, why not, how a person was built, what became of an id."""

import html
import json
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from pei_graph.ledger import judge, recent, withdraw

PAIR = {"one": "asp:N1044", "other": "lcs:1022"}
TWINLESS = {"one": "lcs:1022", "other": "capita_one:A800000000001"}


def words(page: str) -> str:
    """The words of a page as a reader hears them, on one line."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page))).replace(" ,", ",")


def see(browser: FlaskClient, path: str) -> str:
    """The words of the page at ``path``."""
    response = browser.get(path)
    assert response.status_code == 200
    return words(response.text)


def compare(browser: FlaskClient, pair: dict[str, str] = PAIR) -> str:
    """The words of the page about two records."""
    response = browser.post("/explain/pair", data=pair)
    assert response.status_code == 200
    return words(response.text)


@pytest.mark.parametrize(
    "said",
    [
        "Why these are not one person",
        "They are held to be two people, P-8 and P-3.",
        "That is not enough to join them without asking somebody",
        "Forename TIM Timothy (also Tim) \N{ALMOST EQUAL TO} similar",
        "+forename same forename",
        "\N{MINUS SIGN}1.0",
        "In all 62 % likely one person",
        "Nobody has decided anything about these two records.",
    ],
)
def test_a_possible_match_says_why_not(analyst: FlaskClient, said: str) -> None:
    """Of two records that wait for a decision: values side by side, the sum, words to report."""
    assert said in compare(analyst)


def test_the_bars_need_no_style(analyst: FlaskClient) -> None:
    """The picture of the sum is drawn by attributes, as the policy allows, and not read out."""
    text = analyst.post("/explain/pair", data=PAIR).text
    assert 'class="pei-bar__bits"' in text
    assert "style=" not in text
    assert all("aria-hidden" in bar for bar in re.findall(r"<svg class=\"pei-bar[^>]*>", text))


def test_a_pair_that_no_run_scored_is_explained(analyst: FlaskClient) -> None:
    """Records between which LINKS holds nothing are judged when asked, with the rules missed."""
    text = compare(analyst, {"one": "lcs:1001", "other": "lcs:1030"})
    assert "Nothing brought the two up for comparison" in text
    assert "What would have brought them up for comparison" in text
    assert "surname: example and sample roe" in text


@pytest.mark.parametrize(
    "said",
    [
        "Person P-3: Tim Example How this person was built",
        "Person P-3 is made of 2 records",
        "may belong here",
        "Nobody has decided anything about these records.",
        "History of this id",
    ],
)
def test_how_a_person_was_built(analyst: FlaskClient, said: str) -> None:
    """The page says of what a person is made, what is in doubt and what people decided."""
    assert said in see(analyst, "/explain/P-3")


def test_two_persons_are_told_apart(analyst: FlaskClient) -> None:
    """The page about two persons shows what speaks for one and says that they wait."""
    text = see(analyst, "/explain/P-8/P-3")
    assert "Why these are two people" in text
    assert "Tim Example P-3 " in text
    assert "asp:N1044" not in text
    assert "The record of ASP (police) may belong to P-3 instead (62 % likely)." in text


def test_a_judgement_is_told_where_it_counts(app: Flask, analyst: FlaskClient) -> None:
    """Who decided, when and why stands on the pages of the pair and both persons."""
    ledger = app.extensions["ledger"]
    number = judge(
        ledger, list(PAIR.values()), verdict="different", by="reviewer", why="Met them both."
    )
    try:
        assert "decided that they are different people" in compare(analyst)
        assert "The reason given: Met them both." in see(analyst, "/explain/P-3/P-8")
        assert "Different : " in see(analyst, "/explain/P-3")
    finally:
        withdraw(ledger, number, "reviewer")
    text = compare(analyst)
    assert "withdrawn by reviewer" in text
    assert "decided that they are different people" not in text


def test_a_judgement_without_effect_says_so(app: Flask, analyst: FlaskClient) -> None:
    """Two who are held to be two though somebody decided otherwise are told when that counts."""
    ledger = app.extensions["ledger"]
    number = judge(ledger, list(PAIR.values()), verdict="same", by="reviewer", why="Saw papers.")
    try:
        assert "That has not taken effect: it counts from the next run on" in compare(analyst)
    finally:
        withdraw(ledger, number, "reviewer")


def test_the_person_page_leads_to_explanations(analyst: FlaskClient) -> None:
    """A record asks why it is here, a possible match why not, the person how it was built."""
    text = analyst.get("/person/P-3").text
    assert 'href="/explain/P-3"' in text
    assert 'href="/explain/P-3/P-8"' in text
    assert 'name="record" value="lcs:1022"' in text
    assert 'href="/history/P-3"' in text


def test_why_a_record_is_here(analyst: FlaskClient) -> None:
    """A record without a tie of its own leads to how its person was built."""
    text = words(
        analyst.post("/explain/record", data={"record": "lcs:1022"}, follow_redirects=True).text
    )
    assert "How this person was built" in text


@pytest.mark.parametrize(
    ("path", "led_to"),
    [("/explain/P-77", "/explain/P-3"), ("/explain/P-77/P-3", "/explain/P-3"),
     ("/explain/P-77/P-8", "/explain/P-3/P-8"), ("/person/P-77", "/person/P-3"),
     ("/family/F-70", "/family/F-1")],
)  # fmt: skip
def test_old_ids_lead_to_their_heirs(analyst: FlaskClient, path: str, led_to: str) -> None:
    """An id from an old letter still opens what carries it on, wherever it is typed."""
    assert analyst.get(path).location == led_to


def test_the_history_of_an_old_id(analyst: FlaskClient) -> None:
    """A joined id says into which, and that one says what was joined."""
    assert "Person P-3 carries it on" in see(analyst, "/history/P-77")
    assert "P-77 was joined into P-3" in see(analyst, "/history/P-3")


SEALED = {"one": "lcs:1099", "other": "lcs:1022"}


@pytest.mark.parametrize(
    "path", ["/explain/P-9", "/explain/P-3/P-9", "/history/P-9", "/explain/P-0"]
)
def test_what_is_sealed_is_not_explained(analyst: FlaskClient, path: str) -> None:
    """For whoever may not see a person, no page of theirs differs from one that does not exist."""
    assert analyst.get(path).status_code == 404


def test_a_sealed_record_is_not_compared(analyst: FlaskClient) -> None:
    """Nor does comparing with a sealed record, or asking about it, differ from an unknown one."""
    for record in ("lcs:1099", "lcs:nobody"):
        assert analyst.post("/explain/pair", data=SEALED | {"one": record}).status_code == 404
        assert analyst.post("/explain/record", data={"record": record}).status_code == 404


def test_a_decision_about_somebody_sealed_is_not_told(
    app: Flask, analyst: FlaskClient, sign_in: Callable[[str], FlaskClient]
) -> None:
    """What was decided about a record and a sealed one is told to an administrator alone."""
    ledger = app.extensions["ledger"]
    why = "Hidden lives elsewhere."
    number = judge(ledger, list(SEALED.values()), verdict="different", by="admin", why=why)
    try:
        pages = (analyst.get("/explain/P-3").text, sign_in("admin").get("/explain/P-3").text)
        told = [("1099" in page, "Hidden lives elsewhere" in page) for page in pages]
    finally:
        withdraw(ledger, number, "admin")
    assert told == [(False, False), (True, True)]


@pytest.mark.parametrize(
    "data", [{}, {"one": "lcs:1022"}, {"one": "lcs:1022", "other": "lcs:1022"}]
)
def test_a_pair_needs_two_records(analyst: FlaskClient, data: dict[str, str]) -> None:
    """A form that names fewer than two records is refused."""
    assert analyst.post("/explain/pair", data=data).status_code == 400


@pytest.mark.parametrize("path", ["/explain/pair", "/explain/record"])
def test_a_comparison_has_no_address(analyst: FlaskClient, path: str) -> None:
    """Whoever loads the address of a comparison again is told where to ask."""
    answer = analyst.get(path)
    assert answer.status_code == 404
    assert "Open the person, and ask there why a record" in words(answer.text)


def test_explanations_are_audited(app: Flask, analyst: FlaskClient) -> None:
    """Each explanation stands in the audit trail under the persons it tells of, never a record."""
    compare(analyst)
    entry = recent(app.extensions["ledger"], 1)[0]
    assert entry.action == "explain pair"
    assert json.loads(entry.subjects) == ["P-3", "P-8"]


def test_candidates_stand_wherever_a_person_does(analyst: FlaskClient) -> None:
    """A record that may be another's is told in search, family, person and network alike."""
    found = words(analyst.post("/search", data={"q": "P-3"}).text)
    assert "In doubt : Tim Example : 1 more record may be theirs" in found
    theirs = words(analyst.post("/search", data={"q": "P-8"}).text)
    assert "1 record of theirs may be another's" in theirs
    for page in ("/family/F-1", "/person/P-3", "/person/P-8", "/network/F-1"):
        text = analyst.get(page).text
        assert re.search(r'href="/explain/P-\d/P-\d"', text), page
        assert "62 %" in text


def test_an_old_id_is_found_by_searching(analyst: FlaskClient) -> None:
    """Who types an id from an old letter finds the person who carries it on."""
    assert "P-3" in words(analyst.post("/search", data={"q": " p-77 "}).text)
