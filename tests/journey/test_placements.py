"""A child whom the council has placed with others, from the files to the pages."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from small_runs import deliver, pei, rows, signed_in, words

from pei_graph.workspace import Workspace

AS_OF = "2026-09-30"

LCS = {
    "clients": """\
PERSON_ID,PERSON_TYPE,FORENAME,MIDDLE_NAMES,SURNAME,KNOWN_AS,PREVIOUS_SURNAME,DOB,GENDER,ETHNICITY,\
NHS_NUMBER,UPN,RESTRICTED,CREATED_ON,CREATED_BY
11,Child,Testa,,Example,,,04/05/2015,F,,,,N,,
12,Adult,Mara,,Example,,,01/02/1985,F,,,,N,,
13,Child,Tim,,Example,,,06/07/2017,M,,,,N,,
21,Adult,Carol,,Carer,,,02/03/1970,F,,,,N,,
22,Child,Conny,,Carer,,,02/03/2012,F,,,,N,,
31,Child,Owen,,Sample,,,01/03/2010,M,,,,N,,
32,Adult,Mina,,Sample,,,02/03/1984,F,,,,N,,
41,Adult,Nora,,Pretend,,,02/03/2006,F,,,,N,,
42,Child,Bea,,Pretend,,,02/08/2026,F,,,,N,,
""",
    "addresses": """\
PERSON_ID,ADDRESS_LINE,POSTCODE,UPRN,START_DATE,END_DATE,ADDRESS_TYPE
11,12 Invented Road,ZZ99 9ZZ,100000000012,01/01/2018,01/03/2026,Home
11,14 Invented Road,ZZ99 9ZZ,100000000014,01/03/2026,,Placement
12,12 Invented Road,ZZ99 9ZZ,100000000012,01/01/2018,,Home
13,12 Invented Road,ZZ99 9ZZ,100000000012,01/01/2018,,Home
21,14 Invented Road,ZZ99 9ZZ,100000000014,01/01/2012,,Home
22,14 Invented Road,ZZ99 9ZZ,100000000014,02/03/2012,,Home
31,16 Invented Road,ZZ99 9ZZ,100000000016,01/03/2026,,Placement
32,16 Invented Road,ZZ99 9ZZ,100000000016,01/01/2018,,Home
41,14 Invented Road,ZZ99 9ZZ,100000000014,10/08/2026,,Placement
42,14 Invented Road,ZZ99 9ZZ,100000000014,10/08/2026,,Placement
""",
    "involvements": """\
PERSON_ID,INVOLVEMENT_ID,TYPE,START_DATE,END_DATE,STATUS,CATEGORY,WORKER,TELEPHONE,TEAM
11,I1,CLA,01/03/2026,,Open,C2,,,
31,I2,CLA,01/03/2026,,Open,C2,,,
""",
    "relationships": """\
PERSON_ID,RELATED_PERSON_ID,RELATIONSHIP,START_DATE,END_DATE
12,11,Mother,,
12,13,Mother,,
21,11,Foster Carer,01/03/2026,
32,31,Mother,,
41,42,Mother,,
21,42,Foster Carer,10/08/2026,
""",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a workspace in which a child is with foster carers, another placed with its mother."""
    root = tmp_path_factory.mktemp("placements")
    files = {f"lcs/lcs_{name}.csv": text for name, text in LCS.items()}
    pei("run", deliver(root / "sources", files), "-w", root / "w", "--as-of", AS_OF)
    return Workspace(root / "w")


@pytest.fixture(scope="module")
def browser(workspace: Workspace) -> Iterator[FlaskClient]:
    """Give a browser that is signed in."""
    with signed_in(workspace, "analyst") as browsers:
        yield browsers["analyst"]


def asked(workspace: Workspace, forename: str, what: str) -> str:
    """Return a person's id, or their family's."""
    people = f"persons LEFT JOIN families USING (person_id) WHERE forename = '{forename}'"
    [(found,)] = rows(workspace, f"SELECT {what} FROM {people}")
    return str(found)


def test_every_home_is_its_familys(workspace: Workspace) -> None:
    """The carers' stays theirs; a child placed with its mother is of her family, at others' too."""
    found = rows(
        workspace,
        "SELECT string_agg(forename, ' ' ORDER BY forename)"
        " FROM families JOIN persons USING (person_id) GROUP BY family_id",
    )
    assert found == {("Mara Tim",), ("Carol Conny",), ("Mina Owen",), ("Bea Nora",)}
    assert rows(workspace, "SELECT DISTINCT kind FROM addresses") == {("dwelling",)}


def test_being_looked_after_is_nothing_of_the_carers(workspace: Workspace) -> None:
    """The child meets the criterion; of the families only the one with a child of its own does."""
    met = rows(
        workspace,
        "SELECT subject FROM findings WHERE criterion = 'looked_after' AND state = 'met'",
    )
    people = {asked(workspace, name, "person_id") for name in ("Testa", "Owen")}
    assert {subject for (subject,) in met} <= people | {asked(workspace, "Owen", "family_id")}
    assert people <= {subject for (subject,) in met}


def test_pages_say_who_is_placed_where(workspace: Workspace, browser: FlaskClient) -> None:
    """The carers' page names the child apart, the child's says so, the mother's has no address."""
    carers = words(browser.get(f"/family/{asked(workspace, 'Carol', 'family_id')}").text)
    assert "1 adult, 1 child · as of" in carers
    assert "Placed here by the council They live here, and this is not their family" in carers
    assert "Testa Example aged 11 says LCS (children's social care), since March 2026" in carers
    assert "Bea Pretend aged 0 says LCS" in carers
    assert "Also recorded at this address" not in carers
    child = words(browser.get(f"/person/{asked(workspace, 'Testa', 'person_id')}").text)
    assert "14 Invented Road, ZZ99 9ZZ · in no family, since the council has placed them" in child
    assert "lives there now Placed by the council, in others' home" in child
    kept = words(browser.get(f"/person/{asked(workspace, 'Owen', 'person_id')}").text)
    assert "lives there now Placed by the council, with family" in kept
    mother = words(browser.get(f"/family/{asked(workspace, 'Mara', 'family_id')}").text)
    related = mother[mother.index("Related, living elsewhere") : mother.index("Possible matches")]
    assert "Testa Example aged 11 child of Mara Example" in related
    assert "placed by the council" in related
    assert "14 Invented Road" not in related


def test_a_family_placed_with_others_is_told_so(workspace: Workspace, browser: FlaskClient) -> None:
    """The page of a mother and baby says that the home is others', who did not leave it."""
    page = words(browser.get(f"/family/{asked(workspace, 'Nora', 'family_id')}").text)
    assert "1 adult, 1 child · as of" in page
    assert "The council has placed this family in the home of others." in page
    assert "Conny" in page[page.index("Also recorded at this address") :]
    assert "have left" not in page
    assert "Placed here by the council" in page[page.index("Related, living elsewhere") :]
