"""A child for whom an adoption order was made, from the files to the pages of both families."""

import json
import shutil
from collections.abc import Iterator
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
11,Child,Testa,,Example,,,04/05/2017,F,,,A801200000001,N,,
12,Adult,Mara,,Example,,,01/02/1985,F,,,,N,,
13,Child,Tim,,Example,,,06/07/2019,M,,,,N,,
21,Adult,Ada,,Adopter,,,02/03/1980,F,,,,N,,
22,Child,Conny,,Adopter,,,02/03/2012,F,,,,N,,
31,Child,Owen,,Sample,,,01/03/2020,M,,,,N,,
32,Adult,Mina,,Sample,,,02/03/1994,F,,,,N,,
33,Child,Nils,,Sample,,,05/03/2021,M,,,,N,,
41,Child,Pia,,Former,,,05/06/2018,F,,,,N,,
42,Adult,Carol,,Carer,,,05/06/1971,F,,,,N,,
51,Child,Bea,,Unlike,,,07/08/2013,F,,,,N,,
52,Adult,Sara,,Unlike,,,07/08/1983,F,,,,N,,
53,Adult,Stefan,,Stepford,,,07/08/1981,M,,,,N,,
""",
    "addresses": """\
PERSON_ID,ADDRESS_LINE,POSTCODE,UPRN,START_DATE,END_DATE,ADDRESS_TYPE
11,12 Invented Road,ZZ99 9ZZ,100000000012,04/05/2017,01/03/2023,Home
11,16 Invented Road,ZZ99 9ZZ,100000000016,01/03/2024,,Home
12,12 Invented Road,ZZ99 9ZZ,100000000012,01/01/2016,,Home
13,12 Invented Road,ZZ99 9ZZ,100000000012,06/07/2019,,Home
21,16 Invented Road,ZZ99 9ZZ,100000000016,01/01/2012,,Home
22,16 Invented Road,ZZ99 9ZZ,100000000016,02/03/2012,,Home
31,18 Invented Road,ZZ99 9ZZ,100000000018,01/03/2020,,Home
32,18 Invented Road,ZZ99 9ZZ,100000000018,01/01/2018,,Home
33,18 Invented Road,ZZ99 9ZZ,100000000018,05/03/2021,,Home
41,20 Invented Road,ZZ99 9ZZ,100000000020,01/03/2022,01/02/2025,Placement
41,20 Invented Road,ZZ99 9ZZ,100000000020,01/02/2025,,Home
42,20 Invented Road,ZZ99 9ZZ,100000000020,01/01/2010,,Home
51,22 Invented Road,ZZ99 9ZZ,100000000022,01/01/2014,,Home
52,22 Invented Road,ZZ99 9ZZ,100000000022,01/01/2014,,Home
53,22 Invented Road,ZZ99 9ZZ,100000000022,01/01/2018,,Home
""",
    "involvements": """\
PERSON_ID,INVOLVEMENT_ID,TYPE,START_DATE,END_DATE,STATUS,CATEGORY,WORKER,TELEPHONE,TEAM
13,I1,CIN,01/02/2026,,Open,N1,,,
""",
    "relationships": """\
PERSON_ID,RELATED_PERSON_ID,RELATIONSHIP,START_DATE,END_DATE
12,11,Mother,,
12,13,Mother,,
13,11,Brother,,
21,11,Mother,01/06/2025,
21,22,Mother,,
32,31,Mother,,
32,33,Mother,,
42,41,Foster Carer,01/03/2022,
52,51,Mother,,
53,51,Father,01/06/2025,
""",
}

ROLL = """\
STUD_ID\tFORENAME\tSURNAME\tDOB\tSEX\tUPN\tADDRESS\tPOSTCODE\tUPRN\tENTRY_DATE\tENROL_STATUS\tBASE_NAME
1\tTESTA\tADOPTER\t04/05/2017\tF\tA801200000001\t16 INVENTED ROAD\tZZ99 9ZZ\t100000000016\
\t01/09/2025\tC\tInvented Primary
"""

HEADER = """\
CHILD,SEX,DOB,ETHNIC,UPN
11,F,04/05/2017,WBRI,A801200000001
31,M,01/03/2020,WBRI,
41,F,05/06/2018,WBRI,
"""

EPISODES = """\
CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,REC,HOME_POST
11,01/03/2023,S,E1,N1,A6,{ended},ZZ99 9ZZ
31,01/03/2024,S,E1,N1,A6,{ended},ZZ99 9ZZ
41,01/03/2022,S,E1,N1,A5,{ended},ZZ99 9ZZ
"""

# A case of a child in need that is closed so tells of a step-parent's adoption too.
CENSUS = """<Message><Header><CollectionDetails><ReferenceDate>2026-03-31</ReferenceDate>
</CollectionDetails></Header><Children><Child><ChildIdentifiers><LAchildID>51</LAchildID><Sex>F</Sex>
</ChildIdentifiers><CINdetails><CINreferralDate>2025-02-01</CINreferralDate>
<CINclosureDate>2025-06-01</CINclosureDate><ReasonForClosure>RC1</ReasonForClosure>
<ReferralNFA>false</ReferralNFA></CINdetails></Child></Children></Message>"""

SEALED = "SELECT forename FROM persons WHERE sealed"

BIRTH, ADOPTIVE = "Mara Tim", "Ada Conny Testa"


def returned(year: int, ended: str) -> dict[str, str]:
    """Return the files of a year's return, with how the episodes of looked-after children ended."""
    return {
        f"ssda903/header_{year}.csv": HEADER,
        f"ssda903/episodes_{year}.csv": EPISODES.format(ended=ended),
    }


@pytest.fixture(scope="module")
def placed(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a workspace after a run in which children are placed for adoption."""
    root = tmp_path_factory.mktemp("adoption")
    files = {f"lcs/lcs_{name}.csv": text for name, text in LCS.items()}
    files |= {
        "capita_one/one_roll.txt": ROLL,
        "cin_census/cin_2026.xml": CENSUS,
        **returned(2024, ","),
    }
    pei("run", deliver(root / "before", files), "-w", root / "w", "--as-of", AS_OF)
    return Workspace(root / "w")


@pytest.fixture(scope="module")
def workspace(placed: Workspace) -> Workspace:
    """Return a workspace after a further run, upon the first, that heard of the orders."""
    root = placed.root.with_name("after")
    shutil.copytree(placed.root, root)
    told = deliver(root.with_name("told"), returned(2025, "01/02/2025,E12"))
    pei("run", told, "-w", root, "--as-of", AS_OF)
    return Workspace(root)


@pytest.fixture(scope="module")
def sign_in(workspace: Workspace) -> Iterator[dict[str, FlaskClient]]:
    """Give a browser for each of two roles, the second of which sees what is sealed."""
    with signed_in(workspace, "analyst", "admin") as browsers:
        yield browsers


def families(workspace: Workspace) -> dict[str, str]:
    """Return the id of each family, by its members' forenames."""
    return dict(
        rows(
            workspace,
            "SELECT string_agg(forename, ' ' ORDER BY forename), family_id"
            " FROM families JOIN persons USING (person_id) GROUP BY family_id",
        )
    )  # type: ignore[arg-type]


def people(workspace: Workspace) -> dict[str, str]:
    """Return the id of each person, by forename."""
    return dict(rows(workspace, "SELECT forename, person_id FROM persons"))  # type: ignore[arg-type]


def test_an_order_seals_and_a_plan_does_not(placed: Workspace, workspace: Workspace) -> None:
    """Nobody had marked them. Whom a step-parent adopts was not looked after, and is not sealed."""
    assert rows(placed, SEALED) == set()
    assert rows(workspace, SEALED) == {("Testa",), ("Owen",), ("Pia",)}
    assert rows(workspace, "SELECT line FROM addresses WHERE sealed") == set()


def test_the_two_families_are_two(workspace: Workspace) -> None:
    """The mother by birth is not drawn to the child's new home, nor the child kept at her old one.

    Where no system has a home for the child since, the child is of no family.
    """
    assert set(families(workspace)) == {
        BIRTH, ADOPTIVE, "Mina Nils", "Carol Pia", "Bea Sara Stefan"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("whose", "untold"),
    [
        (BIRTH, ("Testa", "Adopter", "16 Invented Road", "Capita One (education), Education")),
        ("Mina Nils", ("Owen",)),
    ],
)
def test_the_family_of_birth_keeps_its_page(
    workspace: Workspace, sign_in: dict[str, FlaskClient], whose: str, untold: tuple[str, ...]
) -> None:
    """It says nothing of the child or of the new home, and neither does the network."""
    family = families(workspace)[whose]
    for path in (f"/family/{family}", f"/network/{family}", f"/network/{family}/picture.json"):
        answer = sign_in["analyst"].get(path)
        assert answer.status_code == 200
        assert [word for word in untold if word in words(answer.text)] == []
    assert "Testa Example" in words(
        sign_in["admin"].get(f"/family/{families(workspace)[BIRTH]}").text
    )


def test_the_new_family_names_nobody_of_the_old(
    workspace: Workspace, sign_in: dict[str, FlaskClient]
) -> None:
    """Its own page is for administrators; those of its other members name nobody of the old one."""
    family = families(workspace)[ADOPTIVE]
    assert sign_in["analyst"].get(f"/family/{family}").status_code == 404
    assert "Testa Example" in words(sign_in["admin"].get(f"/family/{family}").text)
    for forename in ("Ada", "Conny"):
        page = words(sign_in["analyst"].get(f"/person/{people(workspace)[forename]}").text)
        assert "16 Invented Road" in page
        assert [word for word in ("Testa", "Example", "Mara", "12 Inv") if word in page] == []


@pytest.mark.parametrize("typed", ["Testa Example", "04/05/2017", "A801200000001"])
def test_no_search_finds_the_child(
    workspace: Workspace, sign_in: dict[str, FlaskClient], typed: str
) -> None:
    """By neither name, nor the birth date, nor a number."""
    child = f"/person/{people(workspace)['Testa']}"
    assert child not in sign_in["analyst"].post("/search", data={"q": typed}).text
    found = sign_in["admin"].post("/search", data={"q": typed}, follow_redirects=True)
    assert child in found.text or child == found.request.path


def test_no_export_holds_the_child(workspace: Workspace, tmp_path: Path) -> None:
    """Nor the record of any source, nor the family that the child is of."""
    for what in ("persons", "families", "findings", "links"):
        file = tmp_path / f"{what}.csv"
        pei("export", what, file, "-w", workspace.root)
        text = file.read_text()
        assert [word for word in ("Testa", "lcs:11", "capita_one:1") if word in text] == []
        assert families(workspace)[ADOPTIVE] not in text


@pytest.mark.long
def test_orders_are_heard_of_as_by_a_run_made_anew(
    placed: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told, of children taken on another day, listed no more a year later, and withdrawn.

    The next return knows nothing of them, and they stay sealed.
    """
    for few in ("MANY_SETTLED", "MANY_CHANGED"):
        monkeypatch.setattr(refresh, few, 1.0)
    shutil.copytree(placed.root, tmp_path / "w")
    upon = Workspace(tmp_path / "w")
    told = returned(2025, "01/02/2025,E12")
    earlier = {each: text.replace("01/03/2024", "01/02/2021") for each, text in told.items()}
    later = {each.replace("2025", "2026"): text.split("11,")[0] for each, text in told.items()}
    later["ssda903/episodes_2026.csv"] += "61,01/03/2025,S,C2,N1,U4,,,\n"
    for number, files in enumerate((told, earlier, later)):
        pei("run", deliver(tmp_path / str(number), files), "-w", upon.root, "--as-of", AS_OF)
        assert rows(upon, SEALED) == {("Testa",), ("Owen",), ("Pia",)}
        assert {BIRTH, "Mina Nils"} < set(families(upon))
        assert_as_made_anew(upon)
    for each in json.loads(pei("deliveries", "-w", upon.root, "--json")):
        if each["file"].endswith("episodes_2025.csv"):
            why = ("--why", "told by mistake", "--by", "testa")
            pei("deliveries", "-w", upon.root, "withdraw", each["id"], *why)
    pei("settle", "-w", upon.root, "--as-of", AS_OF)
    assert rows(upon, SEALED) == set()


def assert_as_made_anew(upon: Workspace) -> None:
    """The current run was built upon the last, and says what one made anew does."""
    assert json.loads(upon.require_current().report.read_text())["full"] is None
    anew = Workspace(upon.root.with_name("anew"))
    shutil.rmtree(anew.root, ignore_errors=True)
    shutil.copytree(upon.root, anew.root)
    pei("rebuild", "-w", anew.root, "--as-of", AS_OF)
    assert set(differing(upon, anew)) <= {"identity_log"}
