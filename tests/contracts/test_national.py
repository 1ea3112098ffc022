"""The national returns load as published, in every layout that the years have brought."""

import io
from collections.abc import Callable
from pathlib import Path

import duckdb
import openpyxl
import pytest

from pei_graph.check import check_sources
from pei_graph.contract import Contract
from pei_graph.extract import extract
from pei_graph.standardise import standardise

SHARED = Path(__file__).parent.parent.parent.parent / "shared" / "data"
Load = Callable[[dict[str, str | bytes]], duckdb.DuckDBPyConnection]
Rows = set[tuple[object, ...]]


def _facts(con: duckdb.DuckDBPyConnection, source: str) -> Rows:
    """Return what a source states: record, type, dates, status and detail."""
    return set(
        con.execute(
            """
            SELECT record_id, type, from_date::VARCHAR, to_date::VARCHAR, status, detail
            FROM facts
            WHERE kind = 'involvement' AND source = ?
            """,
            [source],
        ).fetchall()
    )


def _problems(con: duckdb.DuckDBPyConnection) -> Rows:
    issues = """SELECT list, rule, "column" FROM issues WHERE severity <> 'note'"""
    return set(con.execute(issues).fetchall())


CIN = """<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>
<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails></Header><Children><Child>
<ChildIdentifiers><LAchildID>T1</LAchildID><UPN>A123456789012</UPN>
<PersonBirthDate>2015-05-04</PersonBirthDate><{sex}</ChildIdentifiers>
<ChildCharacteristics><Ethnicity>WBRI</Ethnicity>
<Disabilities><Disability>AUT</Disability></Disabilities></ChildCharacteristics>
<CINdetails><CINreferralDate>2025-04-01</CINreferralDate><ReferralSource>6</ReferralSource>
<PrimaryNeedCode>N4</PrimaryNeedCode><ReferralNFA>false</ReferralNFA>
<Assessments><AssessmentActualStartDate>2025-04-02</AssessmentActualStartDate>
<AssessmentAuthorisationDate>2025-05-02</AssessmentAuthorisationDate>
<FactorsIdentifiedAtAssessment><AssessmentFactors>3B</AssessmentFactors>
<AssessmentFactors>21</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>
<CINPlanDates><CINPlanStartDate>2025-05-03</CINPlanStartDate></CINPlanDates>
<Section47><S47ActualStartDate>2025-06-01</S47ActualStartDate>
<ICPCnotRequired>true</ICPCnotRequired></Section47>
<ChildProtectionPlans><CPPstartDate>2025-07-01</CPPstartDate><CPPendDate>2025-12-01</CPPendDate>
<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>
<LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse>
<NumberOfPreviousCPP>0</NumberOfPreviousCPP><Reviews><CPPreviewDate>2025-09-01</CPPreviewDate>
</Reviews></ChildProtectionPlans></CINdetails></Child></Children></Message>"""


@pytest.mark.parametrize(
    ("sex", "layout"),
    [
        ("Sex>F</Sex>", "sex (2026)"),
        ("GenderCurrent>2</GenderCurrent>", "gender (to 2025)"),
    ],
)
def test_the_children_in_need_census(
    load: Load, national: dict[str, Contract], sex: str, layout: str
) -> None:
    """A child's referral, assessment, factor, plans, enquiry and reviews are facts about it."""
    con = load({"cin_census/invented.xml": CIN.format(sex=sex)})
    standardise(con, national)
    assert _problems(con) == set()
    assert con.execute("SELECT layout FROM deliveries WHERE list = 'children'").fetchall() == [
        (layout,)
    ]
    people = (
        "SELECT record_id, birth_date::VARCHAR, sex, ethnicity, last_seen::VARCHAR FROM records"
    )
    assert con.execute(people).fetchall() == [
        ("cin_census:T1", "2015-05-04", "F", "White British", "2026-03-31")
    ]
    child = "cin_census:T1"
    assert _facts(con, "cin_census") == {
        (child, "disability", None, None, None, "autism"),
        (child, "referral", "2025-04-01", None, "accepted", "family in acute stress"),
        (child, "child_in_need", "2025-04-01", None, None, "family in acute stress"),
        (child, "assessment", "2025-04-02", "2025-05-02", None, None),
        (child, "assessment_factor", "2025-05-02", None, None, "3B"),
        (child, "child_in_need", "2025-05-03", None, None, "child in need plan"),
        (child, "section_47", "2025-06-01", None, "no conference needed", None),
        (child, "child_protection_plan", "2025-07-01", "2025-12-01", None, "emotional abuse"),
        (child, "statutory_review", "2025-09-01", None, None, "child protection review"),
    }


CHILD = """<Child><ChildIdentifiers><LAchildID>{key}</LAchildID>{died}<Sex>F</Sex>
</ChildIdentifiers><CINdetails><CINreferralDate>2025-04-01</CINreferralDate>{closed}
<ReferralNFA>false</ReferralNFA></CINdetails></Child>"""
CLOSED = "<CINclosureDate>2025-06-20</CINclosureDate><ReasonForClosure>{}</ReasonForClosure>"
DIED = "<PersonDeathDate>{}</PersonDeathDate>"


def _deaths(con: duckdb.DuckDBPyConnection, source: str) -> Rows:
    """Return by which day a source says that whom had died, and what the day is."""
    return {(row[0], row[2], row[5]) for row in _facts(con, source) if row[1] == "death"}


def test_a_death_of_the_children_in_need_census(load: Load, national: dict[str, Contract]) -> None:
    """The day of death counts, else that on which the case was closed by it; 1900 is no day."""
    children = (
        ("1", DIED.format("2025-06-03"), CLOSED.format("RC2")),
        ("2", "", CLOSED.format("RC2")),
        ("3", "", CLOSED.format("RC7")),
        ("4", DIED.format("1900-01-01"), ""),
    )
    told = "".join(CHILD.format(key=key, died=died, closed=end) for key, died, end in children)
    head, _, _ = CIN.partition("<Child>")
    con = load({"cin_census/invented.xml": f"{head}{told}</Children></Message>"})
    standardise(con, national)
    assert _problems(con) == set()
    assert _deaths(con, "cin_census") == {
        ("cin_census:1", "2025-06-03", None),
        ("cin_census:2", "2025-06-20", "by the day on which the case was closed"),
    }


def test_a_death_of_the_looked_after_children_return(
    load: Load, national: dict[str, Contract]
) -> None:
    """Code E2 ends an episode by death; of a care leaver the return gives no day."""
    con = load(
        {
            "ssda903/episodes_2025.csv": "CHILD,DECOM,RNE,LS,CIN,PLACE,DEC,REC\n"
            "7,05/06/2024,S,C2,N1,U4,03/02/2025,E2\n"
            "8,05/06/2024,S,C2,N1,U4,03/02/2025,E8\n",
            "ssda903/oc3_2025.csv": "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n9,01/02/2006,DIED,,\n",
        }
    )
    standardise(con, national)
    assert _problems(con) == set()
    assert _deaths(con, "ssda903") == {
        ("ssda903:7", "2025-02-03", None),
        ("ssda903:9", "2025-03-31", "by the end of the year of the return"),
    }
    assert not {row for row in _facts(con, "ssda903") if row[1] == "care_leaver"}


def test_looked_after_children(load: Load, national: dict[str, Contract]) -> None:
    """Header, episodes, outcomes and missing periods of the SSDA903 meet in one child."""
    con = load(
        {
            "ssda903/header_2025.csv": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
            "9,F,01/02/2009,MWAS,A123456789012,1.0,03/04/2025\n",
            "ssda903/episodes_2025.csv": "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,"
            "REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
            "9,05/06/2024,S,C2,N1,U4,PR1,,,,ZZ99 9ZZ,ZZ98 8ZZ,SC1\n",
            "ssda903/oc2_2025.csv": "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,"
            "IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,"
            "INTERVENTION_OFFERED\n9,01/02/2009,18,,1,0,1,1,1,0,0,0\n",
            "ssda903/missing_2025.csv": "CHILD,DOB,MISSING,MIS_START,MIS_END\n"
            "9,01/02/2009,M,01/03/2025,02/03/2025\n",
        }
    )
    standardise(con, national)
    assert _problems(con) == set()
    child, year = "ssda903:9", "2025-03-31"
    assert _facts(con, "ssda903") == {
        (child, "vulnerable_new_mother", "2025-04-03", None, None, "looked-after mother"),
        (child, "looked_after", "2024-06-05", None, "full care order", "fostered, long term"),
        (child, "offence", year, None, None, "convicted or warned within the year of the return"),
        (
            child,
            "mental_health",
            year,
            year,
            None,
            "strengths and difficulties score of 17 or more",
        ),
        (child, "health_check", year, None, None, "health assessment up to date"),
        (child, "missing_episode", "2025-03-01", "2025-03-02", None, "missing"),
    }
    people = "SELECT record_id, birth_date::VARCHAR, sex, postcode FROM records"
    assert con.execute(people).fetchall() == [(child, "2009-02-01", "F", "ZZ99 9ZZ")]


@pytest.mark.parametrize(
    "name",
    [
        "ssda903_2024-25/header.csv",
        "ssda903/SSDA903 2024_2025 header.csv",
        "ssda903/header_202425.csv",
        "ssda903/header_2025.csv",
        "ssda903/header_2025-03-31.csv",
        "ssda903/header_20250331.csv",
        "2019/ssda903 2025/header.csv",
    ],
)
def test_a_return_is_of_the_year_that_its_name_ends(load: Load, name: str) -> None:
    """The year to March 2025 is meant by 2024-25, as by 2025 and by its last day."""
    con = load({name: "CHILD,SEX,DOB,ETHNIC,UPN\n9,2,01/02/2009,MWAS,\n"})
    told = con.execute("SELECT delivered_on::VARCHAR FROM deliveries").fetchall()
    assert told == [("2025-03-31",)]


def test_what_a_return_found_in_its_year_is_not_open_after_it(
    load: Load, national: dict[str, Contract]
) -> None:
    """A score and misuse end with their year; a care leaver does what the newest return says."""
    outcomes = (
        "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,"
        "HEALTH_ASSESSMENT,SUBSTANCE_MISUSE\n"
    )
    leavers = "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\n"
    con = load(
        {
            "ssda903/oc2_2019.csv": f"{outcomes}9,01/02/2009,18,,0,0,1,1,0,1\n",
            "ssda903/oc2_2025.csv": f"{outcomes}9,01/02/2009,7,,0,0,1,1,0,0\n",
            "ssda903/oc3_2024.csv": f"{leavers}8,01/02/2006,YES,G5,B1\n",
            "ssda903/oc3_2025.csv": f"{leavers}8,01/02/2006,YES,F4,B1\n",
        }
    )
    standardise(con, national)
    assert {row[:4] for row in _facts(con, "ssda903")} == {
        ("ssda903:9", "mental_health", "2019-03-31", "2019-03-31"),
        ("ssda903:9", "substance_misuse", "2019-03-31", "2019-03-31"),
        ("ssda903:8", "care_leaver", "2025-03-31", None),
    }


PUPIL = "pupilonrolltableid,NativeId,dob,surname,forename,upn,sex,entrydate"
EARLIER = PUPIL + ",termlysessionspossible,termlysessionsauthorised,mathsgcsehighestpriorattainment"
LATER = PUPIL + ",termlysessionspossible,expandedhours,ethnicity"
SESSIONS = (
    "pupilonrolltableid,NativeId,termlysessiondetailsonrolltableid,"
    "termlysessiondetailsonrollorderseqcolumn,sourceid,sessions,attendancereason\n"
)
EXCLUSIONS = (
    "pupilonrolltableid,NativeId,termlyexclusionsonrolltableid,"
    "termlyexclusionsonrollorderseqcolumn,sourceid,startdate,sessions,reason1,reason2,reason3,"
    "category,senprovision\n"
)


def test_pupils_of_two_terms(load: Load, national: dict[str, Contract]) -> None:
    """Terms with different columns are one list; sessions are added up by code, term by term."""
    row = "p1,SCH1,2015-Apr-25 00:00:00,Example,Testa,A123456789012,F,2020-Sep-01 00:00:00"
    marks = [("/", 50), ("\\", 40), ("L", 5), ("N", 3), ("I", 2), ("#", 10), ("Y1", 4)]
    con = load(
        {
            "school_census/2024_autumn_pupilonroll.csv": f"{EARLIER}\n{row},130.0,8.0,\n",
            "school_census/2025_summer_pupilonroll.csv": f"{LATER}\n{row},126.0,,WBRI\n",
            "school_census/2025_summer_termlysessiondetailsonroll.csv": SESSIONS
            + "".join(f"p1,SCH1,s{n},{n},x,{n}.0,{code}\n" for code, n in marks),
            "school_census/2025_summer_termlyexclusionsonroll.csv": EXCLUSIONS
            + "p1,SCH1,e1,1,x,2025-Jun-02 00:00:00,4.0,DB,,,SUSP,\n"
            + "p1,SCH1,e2,2,x,2025-Jun-09 00:00:00,2.0,PP,,,LNCH,\n",
        }
    )
    standardise(con, national)
    assert _problems(con) == set()
    attendance = """
        SELECT from_date::VARCHAR, to_date::VARCHAR, value, total, unauthorised
        FROM facts WHERE type = 'attendance'
    """
    assert con.execute(attendance).fetchall() == [("2025-04-01", "2025-07-31", 95, 100, 3)]
    assert {row[1:3] for row in _facts(con, "school_census")} == {
        ("school_roll", "2020-09-01"),
        ("attendance", "2025-04-01"),
        ("suspension", "2025-06-02"),
        ("lunchtime_exclusion", "2025-06-09"),
    }
    layouts = "SELECT layout FROM deliveries WHERE list = 'pupils' ORDER BY sequence"
    assert con.execute(layouts).fetchall() == [
        ("autumn 2024 (termly totals)",),
        ("summer 2025 (expanded hours)",),
    ]
    people = "SELECT forename, surname, birth_date::VARCHAR, sex FROM records"
    assert con.execute(people).fetchall() == [("testa", "example", "2015-04-25", "F")]


def _annex_a(closed: str | None = None, why: str | None = None) -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "List 1"
    heads = ["child  id", "SEX", "Ethnicity", "D.O.B", "Age", "Date of Contact", "Contact Source"]
    book.active.append(heads)
    book.active.append([7, "b) Female", "a) WBRI", "2010-02-03", 15, "2025-01-02", "q) 6: Police"])
    team = ["Allocated Team", "Allocated Worker"]
    plan = book.create_sheet("List 6 - CIN")
    plan.append(
        [
            "Child Unique ID",
            "Gender",
            "Ethnicity",
            "Date of Birth",
            "Age",
            "Does the Child have a Disability",
            "CIN Start Date",
            "Primary Need Code",
            "Date Child Was Last Seen",
            "CIN Closure Date",
            "Reason for Closure",
            "Case Status",
            *team,
        ]
    )
    plan.append(
        [
            7.0,
            "F",
            "WBRI",
            "03/02/2010",
            15,
            "b) No",
            "2025-01-09",
            "N1 - Abuse or Neglect",
            None,
            closed,
            why,
            "c) Child in need plan",
            "Team A",
            "Wanda\xa0Worker",
        ]
    )
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_annex_a_with_drifting_headings(load: Load, national: dict[str, Contract]) -> None:
    """Headings and answers spelt otherwise are understood; sheets that lack are told of alone."""
    con = load({"annex_a/Annex_A_2025_Mar.xlsx": _annex_a()})
    standardise(con, national)
    assert {rule for _, rule, _ in _problems(con)} == {"missing_sheet"}
    assert _facts(con, "annex_a") == {
        ("annex_a:7", "contact", "2025-01-02", None, None, "6: Police"),
        (
            "annex_a:7",
            "child_in_need",
            "2025-01-09",
            None,
            "child in need plan",
            "abuse, neglect and exploitation",
        ),
    }
    assert con.execute("SELECT worker FROM facts WHERE type = 'child_in_need'").fetchall() == [
        ("Wanda Worker",)
    ]
    people = "SELECT birth_date::VARCHAR, sex, last_seen::VARCHAR FROM records"
    assert con.execute(people).fetchall() == [("2010-02-03", "F", "2025-03-31")]


def test_a_death_of_annex_a(load: Load, national: dict[str, Contract]) -> None:
    """A case that was closed by a death says by which day the child had died."""
    con = load({"annex_a/Annex_A_2025_Mar.xlsx": _annex_a("2025-02-03", "b) RC2: Died")})
    standardise(con, national)
    told = "by the day on which the case was closed"
    assert _deaths(con, "annex_a") == {("annex_a:7", "2025-02-03", told)}


@pytest.mark.shared
def test_published_files_load_whole(
    con: duckdb.DuckDBPyConnection, national: dict[str, Contract]
) -> None:
    """Every row of the national files made by others is kept; no column goes unexplained."""
    folders = [SHARED / name for name in national]
    extract(con, national, folders)
    assert _problems(con) <= {(None, "unknown_file", None)}
    assert con.execute("SELECT count(*) FROM quarantine").fetchall() == [(0,)]
    counts = con.execute(
        "SELECT source, sum(rows_in)::BIGINT FROM deliveries GROUP BY source ORDER BY source"
    ).fetchall()
    assert counts == [
        ("annex_a", 59),
        ("cin_census", 862),
        ("school_census", 186270),
        ("ssda903", 25861),
    ]


@pytest.mark.shared
def test_published_files_are_checked_without_complaint(national: dict[str, Contract]) -> None:
    """Nothing is said but of a schema that it does not know, and of invented pupils' numbers."""
    found = check_sources(national, [SHARED / name for name in national])
    wrong = [each for each in found if each.severity not in {"fine", "note"}]
    unnumbered = [each for each in wrong if not each.says.startswith("invalid identifier")]
    assert {Path(each.file).name for each in unnumbered} == {"CIN_schema_2026.xsd"}
