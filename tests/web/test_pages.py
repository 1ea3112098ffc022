"""What each page answers, over a small invented council."""

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from pei_graph.settings import Settings
from webapp import create_app


def words(page: str) -> str:
    """The words of a page as a reader hears them, on one line."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page))).replace(" ,", ",")


def see(browser: FlaskClient, path: str) -> str:
    """The words of the page at ``path``."""
    response = browser.get(path)
    assert response.status_code == 200
    return words(response.text)


@pytest.mark.parametrize(
    "said",
    [
        "Family F-1: Example 12 Invented Road, Nowhere",
        "2 adults, 3 children · as of 30 September 2026",
        "here since March 2024",
        "School On the cusp",
        "Domestic abuse Met",
        "Health No data No source that could tell knows anybody here.",
        "Priority 7",
        "Persistent absence On the cusp 1",
        "A. Worker, 01632 960001 Child protection plan since February 2026, for Tim Example says",
        "Child protection plan since February 2026",
        "Attendance 91.2 %",
        "Domestic abuse incident as victim 19/08/2026 PC Nobody, 01632 960003",
        "114 of 125 sessions attended, 6 missed without leave",
        "Owen Sample-Roe aged 40 parent of Tim Example",
        "62 % 1 record of ASP (police) may be Tim Example",
        "Same forename, same surname, similar date of birth",
        "28/09/2026, 2 days old",
        "Mina Sample aged 36 says ASP (police), since May 2019 now of family F-3",
    ],
)
def test_a_family_is_seen_whole(analyst: FlaskClient, said: str) -> None:
    """The overview says who lives here, the areas, the sum, each agency and how fresh it is."""
    assert said in see(analyst, "/family/F-1")


def test_who_is_over_with_a_family_is_not_to_be_rung(analyst: FlaskClient) -> None:
    """Only what goes on names a worker to ring; other agencies are rung at their desk."""
    text = see(analyst, "/family/F-1")
    ringing = text[text.index("Who works with them now") : text.index("Who lives here and")]
    assert "PC Nobody" not in ringing
    assert "B. Teacher" not in ringing
    assert "ASP (police), Police safeguarding hub 01632 960101" in ringing


def test_an_incident_is_not_told_as_going_on(analyst: FlaskClient) -> None:
    """What happens on a day and is over has a date, not a beginning."""
    text = see(analyst, "/family/F-1")
    assert "Domestic abuse incident, August 2026" in text
    assert "Domestic abuse incident since" not in text


@pytest.mark.parametrize(
    "said",
    [
        "Born 4 May 2017, aged 9",
        "Forename Tim ≠ differs: Timothy",
        "≠ differs: 01/01/2017",
        "Identifiers UPN A800000000001",
        "possible, 62 %",
        "Possible, 62 %: same forename, surname; similar date of birth",
        "2 records of 2 sources are held to be this person.",
        "Child in need (section 17) 01/06/2025 to 10/02/2026",
        "12 Invented Road, Nowhere 01/03/2024 lives there now Home",
        "Parent: Testa Example aged 34, same family",
        "Parent: Owen Sample-Roe aged 40",
        "1 record of ASP (police), now with them, may belong here",
    ],
)
def test_a_person_is_seen_by_each_system(analyst: FlaskClient, said: str) -> None:
    """Each system's own words stand in the grid, and what differs is marked."""
    assert said in see(analyst, "/person/P-3")


def test_a_record_that_left_its_source_is_marked(analyst: FlaskClient) -> None:
    """A record that the newest delivery no longer holds says when it was last seen."""
    assert "no, last seen 28/09/2026" in see(analyst, "/person/P-6")


def test_an_address_that_was_left_on_no_known_day_is_not_open(analyst: FlaskClient) -> None:
    """An end that nobody tells is not taken for none."""
    assert "01/05/2019 no longer, day not known" in see(analyst, "/person/P-7")


def test_a_retired_id_leads_to_its_heir(analyst: FlaskClient) -> None:
    """An id from an old letter still opens the person who carries it on."""
    assert analyst.get("/person/P-77").location == "/person/P-3"
    assert analyst.get("/network/P-77").location == "/network/P-3"


@pytest.mark.parametrize(
    "path", ["/person/p-3", "/family/f-1", "/network/p-3", "/explain/p-3", "/history/p-3"]
)
def test_an_id_in_an_address_is_read_in_any_case(analyst: FlaskClient, path: str) -> None:
    """Whoever types an id into the address in small letters sees what it names."""
    assert analyst.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/family/F-0", "/person/P-0", "/network/P-0", "/nowhere"])
def test_a_miss_says_what_to_do(analyst: FlaskClient, path: str) -> None:
    """A page that is not there sends its reader to the search."""
    response = analyst.get(path)
    assert response.status_code == 404
    assert "search for the person or family" in words(response.text)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Tim Example", ["P-3", "P-8"]),
        ("Timothy Example", ["P-3", "P-8"]),
        ("Timmy Exampel", ["P-3", "P-8"]),
        ("Ówen Sample-Roe", ["P-6"]),
        ("Owin Sampel", ["P-6"]),
        ("Example 04/05/2017", ["P-3"]),
        ("tim 4 May 2017", ["P-3"]),
        ("tim example 2017", ["P-3", "P-8"]),
        ("04/05/2017", ["P-3"]),
        ("A800000000001", ["P-3"]),
        ("a800 0000 0000 1", ["P-3"]),
        ("lcs:1022", ["P-3"]),
        ("n1044", ["P-8"]),
        ("P-3", ["P-3"]),
        ("Mina 3 Quiet Lane", ["P-7"]),
        ("example zz48 1aa 2012", ["P-4"]),
    ],
)
def test_people_are_found(analyst: FlaskClient, typed: str, found: list[str]) -> None:
    """By any id, name, nickname, sound, slip, birthday or address, alone or together."""
    text = analyst.post("/search", data={"q": typed}).text
    assert re.findall(r'card__title"><a[^>]*/person/([^"]+)"', text) == found


@pytest.mark.parametrize(
    "typed",
    [
        "12 invented road",
        "12 invented road nowhere zz48 1aa",
        "12 Invented Road, Nowhere, ZZ48 1AA",
        "tim example zz48 1aa",
        "zz481aa",
        "ZZ48 1AA",
        "100000000001",
        "Invented Road",
        "f-1",
    ],
)
def test_families_are_found(analyst: FlaskClient, typed: str) -> None:
    """By address with its town or without, street, postcode, UPRN or id."""
    text = analyst.post("/search", data={"q": typed}).text
    assert re.findall(r'card__title"><a[^>]*/family/([^"]+)"', text) == ["F-1"]


def test_a_family_in_which_nobody_is_described_is_not_found(analyst: FlaskClient) -> None:
    """Who is looked for by name and postcode is not shown below their neighbours."""
    text = analyst.post("/search", data={"q": "mina example zz48 1aa"}).text
    assert not re.findall(r'card__title"><a[^>]*/family/', text)


def test_results_say_which_systems_know_the_person(analyst: FlaskClient) -> None:
    """Each result names the systems, the family and what it matched on."""
    text = words(analyst.post("/search", data={"q": "tim example"}).text)
    assert "Known to: Capita One (education) LCS (children's social care)" in text
    assert "Matched on name" in text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("zzyzx qqq", "Nobody matches every part of this"),
        ("'; DROP TABLE persons --", "Nobody matches every part of this"),
        ("04/05/2117", "Looked for born 4 May 2117. Nobody was found."),
        ("%", "Type a name, a whole date of birth"),
        ("2017", "Type a name, a whole date of birth"),
        ("1" * 999, "Type a name, a whole date of birth"),
    ],
)
def test_a_search_that_finds_nobody_says_what_to_do(
    analyst: FlaskClient, typed: str, told: str
) -> None:
    """Whatever is typed, the page answers, and an empty answer says what to try."""
    response = analyst.post("/search", data={"q": typed})
    assert response.status_code == 200
    assert told in words(response.text)


def test_the_first_page_says_what_is_here(sign_in: Callable[[str], FlaskClient]) -> None:
    """Who comes for the first time learns how much there is, as far as they may see it."""
    text = see(sign_in("practitioner"), "/")
    assert "3 systems tell of people in 11 records" in text
    assert "38 people, as of 30 September 2026, and who lives together: 33 families" in text
    assert "3 systems tell of people in 12 records" in see(sign_in("admin"), "/")


@pytest.mark.parametrize("typed", ["", "   "])
def test_an_empty_search_asks_for_words(analyst: FlaskClient, typed: str) -> None:
    """Who typed nothing is not told that nobody matches."""
    text = words(analyst.post("/search", data={"q": typed}).text)
    assert "Nothing was typed" in text
    assert "Nobody matches" not in text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("tim example", "Looked for name tim example. 2 people found."),
        ("the Example family", "Looked for name example."),
        ("Mrs Testa Example", "Looked for name testa example."),
        ("dob 4/5/17", "Looked for born 4 May 2017. 1 person found."),
        ("12 invented road", "Looked for address 12 invented road. 1 family and 5 people found."),
        ("A800000000001 tim", "id, UPN. 1 person found."),
        ("zzyzx qqq", "Looked for name zzyzx qqq. Nobody was found."),
    ],
)
def test_a_search_says_what_it_looked_for(analyst: FlaskClient, typed: str, told: str) -> None:
    """A name is not said to find no family, and words beside a name are not looked for."""
    assert told in words(analyst.post("/search", data={"q": typed}).text)


def test_what_was_typed_is_shown_as_text(analyst: FlaskClient) -> None:
    """Markup in a search is shown, not run."""
    text = analyst.post("/search", data={"q": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in text


def test_families_stand_in_order_of_priority(analyst: FlaskClient) -> None:
    """The highest priority comes first, in pages that lead to each other."""
    text = analyst.get("/families?state=any").text
    assert re.findall(r"/family/([^\"]+)\"", text)[0] == "F-1"
    assert "33 families; 1 to 25 shown" in words(text)
    assert "26 to 33 shown" in see(analyst, "/families?state=any&page=2")
    assert "26 to 33 shown" in see(analyst, "/families?state=any&page=99")


def test_families_are_filtered_by_area_and_state(analyst: FlaskClient) -> None:
    """No state means met or on the cusp, no area means any; what is unknown is not chosen."""
    assert "16 families" in see(analyst, "/families?area=school&state=cusp")
    assert "16 families" in see(analyst, "/families?area=school")
    assert "1 family;" in see(analyst, "/families?state=met")
    assert "33 families" in see(analyst, "/families?area=school&state=any")
    assert "16 families" in see(analyst, "/families")
    assert "16 families" in see(analyst, "/families?area=nonsense&state=nonsense")
    assert "No family has this area in this state" in see(
        analyst, "/families?area=health&state=met"
    )


def test_sources_add_up(analyst: FlaskClient) -> None:
    """Rows in are rows loaded, set aside (with the rule of each) or said again by a later file."""
    text = see(analyst, "/sources")
    assert "ASP (police) Incidents 2 1 6 3 1 2 yes" in text
    assert "Impossible date 1 5 Ask the owner to correct the date" in text
    assert "Warning asp.csv, column role Unknown code 2" in text


def test_what_is_past_is_folded_away(analyst: FlaskClient) -> None:
    """What was amiss with a delivery that a later one came after stands apart, and last."""
    now, _, past = see(analyst, "/sources").partition("Of deliveries that a later one came after")
    assert "Unknown code" in now
    assert "No header" not in now
    assert past.startswith(" (1)")
    assert "no single rows Deliver it with its header" in past


def test_a_key_of_a_contract_is_set_as_it_is_typed(analyst: FlaskClient) -> None:
    """What to do says in code what is to be written into a contract, without its backquotes."""
    text = analyst.get("/sources").text
    assert "Add the code to <code>codes</code> of the contract</td>" in text


def test_a_contract_that_others_contradict_stands_before_all_else(analyst: FlaskClient) -> None:
    """What other sources say of columns is read before what was delivered, and among the issues."""
    text = see(analyst, "/sources")
    assert "Warning asp (contract), GENDER: Exchange the meanings F and M." in text
    assert text.index("Exchange the meanings") < text.index("Freshness and reach")
    assert "Error asp (contract), column GENDER Sexes exchanged 90" in text


def test_a_workspace_without_a_run_says_what_to_do(tmp_path: Path, settings: Settings) -> None:
    """Before the first run the login works and says why there is nothing to see."""
    app = create_app(tmp_path, settings)
    assert app.test_client().get("/login").status_code == 200
    assert app.test_client().get("/healthz").text == "ok\n"


def test_a_home_that_no_system_gives_says_why_it_is_one(analyst: FlaskClient) -> None:
    """An address worked out from the nearest relatives is not passed off as a system's."""
    assert "lives there now Home no system in full: relatives or namesakes live there" in see(
        analyst, "/person/P-8"
    )
