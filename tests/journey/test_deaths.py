"""Who has died, from a delivery to the tables and the pages."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from same_run import differing
from small_runs import deliver, pei, rows, signed_in, words

from pei_graph import refresh
from pei_graph.workspace import Workspace

AS_OF = "2026-09-30"

LCS = {
    "clients": """\
PERSON_ID,PERSON_TYPE,FORENAME,MIDDLE_NAMES,SURNAME,KNOWN_AS,PREVIOUS_SURNAME,DOB,GENDER,ETHNICITY,\
NHS_NUMBER,UPN,RESTRICTED,CREATED_ON,CREATED_BY
11,Child,Testa,,Example,,,04/05/2015,F,,,,N,,
12,Child,Tim,,Example,,,06/07/2017,M,,,,N,,
13,Adult,Mara,,Example,,,01/02/1985,F,,,,N,,
21,Child,Owen,,Sample,,,01/03/2010,M,,,,N,,
22,Adult,Mina,,Sample,,,02/03/1984,F,,,,N,,
31,Child,Ada,,Unlike,,,03/04/2012,F,,,,N,,
32,Adult,Ida,,Unlike,,,03/04/1982,F,,,,N,,
41,Child,Rory,,Former,,,05/06/2011,M,,,,N,,
42,Adult,Nora,,Latter,,,05/06/1981,F,,,,N,,
51,Child,Sila,,Hidden,,,07/08/2013,F,,,,Y,,
52,Adult,Sara,,Hidden,,,07/08/1983,F,,,,N,,
""",
    "addresses": """\
PERSON_ID,ADDRESS_LINE,POSTCODE,UPRN,START_DATE,END_DATE,ADDRESS_TYPE
11,12 Invented Road,ZZ99 9ZZ,100000000012,01/01/2018,,Home
12,12 Invented Road,ZZ99 9ZZ,100000000012,01/01/2018,,Home
13,12 Invented Road,ZZ99 9ZZ,100000000012,01/01/2018,,Home
21,14 Invented Road,ZZ99 9ZZ,100000000014,01/01/2018,,Home
22,14 Invented Road,ZZ99 9ZZ,100000000014,01/01/2018,,Home
31,16 Invented Road,ZZ99 9ZZ,100000000016,01/01/2018,,Home
32,16 Invented Road,ZZ99 9ZZ,100000000016,01/01/2018,,Home
41,18 Invented Road,ZZ99 9ZZ,100000000018,01/01/2018,,Home
42,18 Invented Road,ZZ99 9ZZ,100000000018,01/07/2026,,Home
51,20 Invented Road,ZZ99 9ZZ,100000000020,01/01/2018,,Home
52,20 Invented Road,ZZ99 9ZZ,100000000020,01/01/2018,,Home
""",
    "involvements": """\
PERSON_ID,INVOLVEMENT_ID,TYPE,START_DATE,END_DATE,STATUS,CATEGORY,WORKER,TELEPHONE,TEAM
11,I1,CIN,01/02/2026,,Open,N1,,,
11,I6,Assessment,12/03/2026,,Open,N1,Enid Enquirer,01632 960002,
11,I2,S47 Enquiry,01/03/2026,,Open,,Wanda Worker,01632 960001,
12,I3,S47 Enquiry,01/03/2026,,Open,,,,
31,I4,S47 Enquiry,01/08/2026,,Open,,,,
51,I5,S47 Enquiry,01/03/2026,,Open,,,,
""",
    "relationships": """\
PERSON_ID,RELATED_PERSON_ID,RELATIONSHIP,START_DATE,END_DATE
13,11,Mother,,
13,12,Mother,,
22,21,Mother,,
""",
}

CHILD = """<Child><ChildIdentifiers><LAchildID>{key}</LAchildID>{died}<Sex>{sex}</Sex>
</ChildIdentifiers><CINdetails><CINreferralDate>2026-02-01</CINreferralDate>{closed}
<ReferralNFA>false</ReferralNFA></CINdetails></Child>"""

CENSUS = """<Message><Header><CollectionDetails><ReferenceDate>2026-03-31</ReferenceDate>
</CollectionDetails></Header><Children>{children}</Children></Message>"""

LIVES = {"key": "11", "sex": "F", "died": "", "closed": ""}

RETURN = {
    "header": "CHILD,SEX,DOB,ETHNIC\n21,M,01/03/2010,WBRI\n",
    "episodes": "CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,REC,HOME_POST\n"
    "21,01/02/2025,S,C2,N1,U4,02/02/2026,E2,\n",
}


def closed(day: str, why: str) -> str:
    """Return why and when a case was closed."""
    return f"<CINclosureDate>{day}</CINclosureDate><ReasonForClosure>{why}</ReasonForClosure>"


def census() -> str:
    """Return the census of the year in which some of the children died."""
    told = {
        "11": ("F", "2026-03-10", closed("2026-03-24", "RC2")),
        "12": ("M", "1900-01-01", ""),  # typed for a child who lives
        "31": ("F", "2026-02-20", ""),  # but something began in August
        "41": ("M", None, closed("2026-03-20", "RC2")),
        "51": ("F", "2026-03-12", ""),
    }
    children = (
        CHILD.format(
            key=key,
            sex=sex,
            died=f"<PersonDeathDate>{day}</PersonDeathDate>" if day else "",
            closed=end,
        )
        for key, (sex, day, end) in told.items()
    )
    return CENSUS.format(children="".join(children))


def returned() -> dict[str, str]:
    """Return the files of the return in which a looked-after child has died."""
    return {f"ssda903/{name}_2026.csv": text for name, text in RETURN.items()}


@pytest.fixture(scope="module")
def living(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a workspace after a run in which nobody has died."""
    root = tmp_path_factory.mktemp("deaths")
    lcs = {f"lcs/lcs_{name}.csv": text for name, text in LCS.items()}
    pei("run", deliver(root / "before", lcs), "-w", root / "w", "--as-of", AS_OF)
    return Workspace(root / "w")


@pytest.fixture(scope="module")
def workspace(living: Workspace) -> Workspace:
    """Return a workspace after a further run, upon the first, that heard who has died."""
    root = living.root.with_name("after")
    shutil.copytree(living.root, root)
    told = {**returned(), "cin_census/cin_2026.xml": census()}
    pei("run", deliver(root.with_name("told"), told), "-w", root, "--as-of", AS_OF)
    return Workspace(root)


def test_who_has_died_is_known(workspace: Workspace) -> None:
    """A day of death is believed unless something began long after; a placeholder is none."""
    found = rows(workspace, "SELECT forename, died, said_died FROM persons WHERE NOT adult")
    assert found == {
        ("Testa", date(2026, 3, 10), None),
        ("Tim", None, None),
        ("Owen", date(2026, 2, 2), None),
        ("Ada", None, date(2026, 2, 20)),
        ("Rory", date(2026, 3, 20), None),
        ("Sila", date(2026, 3, 12), None),
    }


def test_a_membership_ends_with_death(workspace: Workspace) -> None:
    """Who died is named with those they lived with, not with whoever came since."""
    found = rows(
        workspace,
        "SELECT forename, role, to_date FROM families JOIN persons USING (person_id)"
        " WHERE surname IN ('Example', 'Former', 'Latter')",
    )
    assert found == {
        ("Mara", "adult", None),
        ("Tim", "child", None),
        ("Testa", "died", date(2026, 3, 10)),
        ("Nora", "adult", None),
    }
    homes = "SELECT current FROM residences JOIN persons USING (person_id) WHERE died IS NOT NULL"
    assert rows(workspace, homes) == {(False,)}


def test_who_has_died_meets_no_criterion(workspace: Workspace) -> None:
    """The living of whom the same is told do, and so does who is only said to have died."""
    found = rows(
        workspace,
        "SELECT forename FROM findings JOIN persons ON person_id = subject"
        " WHERE criterion = 'section_47'",
    )
    assert found == {("Tim",), ("Ada",)}


@pytest.mark.long
def test_deaths_are_heard_of_as_by_a_run_made_anew(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken back, told, doubted, or looked back from a day before: the last run is built upon.

    Few people are settled again, as in a whole council.
    """
    for few in ("MANY_SETTLED", "MANY_CHANGED"):
        monkeypatch.setattr(refresh, few, 1.0)
    shutil.copytree(workspace.root, tmp_path / "w")
    upon = Workspace(tmp_path / "w")
    again = LCS["involvements"] + "11,I9,Assessment,01/09/2026,,Open,N1,,,\n"
    planned = again.replace("01/09/2026", "01/02/2027")
    for number, files in enumerate(
        (
            {"cin_census/cin_2026.xml": CENSUS.format(children=CHILD.format(**LIVES))},
            {"cin_census/cin_2026.xml": census()},
            {"lcs/lcs_involvements.csv": planned},
            {"lcs/lcs_involvements.csv": planned + again.splitlines()[-1].replace("I9", "I8")},
        )
    ):
        pei("run", deliver(tmp_path / str(number), files), "-w", upon.root, "--as-of", AS_OF)
        assert_as_made_anew(upon, AS_OF)
    for day in ("2026-02-01", "2026-02-03"):
        pei("settle", "-w", upon.root, "--as-of", day)
        assert_as_made_anew(upon, day)


def assert_as_made_anew(upon: Workspace, day: str) -> None:
    """The current run was built upon the last, and says what one made anew does."""
    assert json.loads(upon.require_current().report.read_text())["full"] is None
    anew = Workspace(upon.root.with_name("anew"))
    shutil.rmtree(anew.root, ignore_errors=True)
    shutil.copytree(upon.root, anew.root)
    pei("rebuild", "-w", anew.root, "--as-of", day)
    assert set(differing(upon, anew)) <= {"identity_log"}


@pytest.fixture(scope="module")
def sign_in(workspace: Workspace) -> Iterator[dict[str, FlaskClient]]:
    """Give a browser for each of two roles, the second of which sees what is sealed."""
    with signed_in(workspace, "analyst", "admin") as browsers:
        yield browsers


def asked(workspace: Workspace, forename: str, what: str) -> str:
    """Return a person's id, or their family's."""
    [(found,)] = rows(
        workspace,
        f"SELECT {what} FROM persons LEFT JOIN families USING (person_id)"
        f" WHERE forename = '{forename}'",
    )
    return str(found)


def test_a_family_page_says_who_has_died(
    workspace: Workspace, sign_in: dict[str, FlaskClient]
) -> None:
    """They are not counted, stand last among those who live there, and bear the day."""
    family = asked(workspace, "Testa", "family_id")
    page = words(sign_in["analyst"].get(f"/family/{family}").text)
    assert "1 adult, 1 child · as of 30 September 2026 Testa Example died 10 March 2026" in page
    assert "Testa Example died 10 March 2026, aged 10" in page
    network = sign_in["analyst"].get(f"/network/{family}")
    assert "04/05/2015, died 10/03/2026" in words(network.text)
    picture = sign_in["analyst"].get(f"/network/{family}/picture.json").get_json()
    assert "Testa Example (died 2026)" in {node["label"] for node in picture["nodes"]}


@pytest.mark.parametrize(
    ("forename", "said"),
    [
        ("Testa", "Died 10 March 2026 , says Children in Need census. Nothing of theirs"),
        ("Rory", "says Children in Need census (by the day on which the case was closed)."),
        ("Owen", "Died 2 February 2026 , says SSDA903 (children looked after return)."),
        ("Ada", "In doubt whether they have died. Children in Need census says that they died on"),
        ("Ada", "tells of what began long after: section 47 enquiry, 1 August 2026"),
    ],
)
def test_a_person_page_says_who_says_so(
    workspace: Workspace, sign_in: dict[str, FlaskClient], forename: str, said: str
) -> None:
    """The source, what the day is, and what speaks against it."""
    person = asked(workspace, forename, "person_id")
    assert said in words(sign_in["analyst"].get(f"/person/{person}").text)


def test_nobody_is_rung_about_what_a_death_has_ended(
    workspace: Workspace, sign_in: dict[str, FlaskClient]
) -> None:
    """What went on has ended by it; what began after it goes on, and its worker is named."""
    family, person = (asked(workspace, "Testa", each) for each in ("family_id", "person_id"))
    page = words(sign_in["analyst"].get(f"/family/{family}").text)
    workers = page[page.index("Who works with them now") : page.index("Who lives here")]
    assert "Enid Enquirer" in workers
    assert "Wanda Worker" not in workers
    page = words(sign_in["analyst"].get(f"/person/{person}").text)
    assert "from 01/03/2026; ended by their death" in page


def test_a_search_says_who_has_died(sign_in: dict[str, FlaskClient]) -> None:
    """People found who have died are shown as such."""
    found = words(sign_in["analyst"].post("/search", data={"q": "Testa Example"}).text)
    assert "died 10 March 2026, aged 10 · last lived at 12 Invented Road" in found


def test_a_sealed_death_is_told_to_nobody_else(
    workspace: Workspace, sign_in: dict[str, FlaskClient]
) -> None:
    """A person who is sealed is so in death, and with them the family at whose home they died."""
    family = asked(workspace, "Sila", "family_id")
    assert "Sila Hidden died 12 March 2026" in words(sign_in["admin"].get(f"/family/{family}").text)
    assert sign_in["analyst"].get(f"/family/{family}").status_code == 404
    found = words(sign_in["analyst"].post("/search", data={"q": "Hidden"}).text)
    assert "Sara Hidden" in found
    assert "died" not in found
