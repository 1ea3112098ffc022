"""The School Census of the last three terms: pupils, sessions by code and exclusions on roll."""

from datetime import date

from pei_graph.synthetic.books import TextFile
from pei_graph.synthetic.clerks import Seen
from pei_graph.synthetic.identifiers import system_key, uln
from pei_graph.synthetic.lives import Attendance, Life, Schooling, Term
from pei_graph.synthetic.people import Family, Person
from pei_graph.synthetic.schooling import RETURNS, terms
from pei_graph.synthetic.views.desk import Desk
from pei_graph.synthetic.views.lcs import pupil_number

_FIRST = (
    "pupilonrolltableid",
    "NativeId",
    "dob",
    "surname",
    "forename",
    "middlenames",
    "preferredsurname",
    "formersurname",
    "upn",
    "formerupn",
    "uniquelearnernumber",
    "sex",
    "entrydate",
    "pupilonrollorderseqcolumn",
    "sourceid",
    "schoolcensustableid",
    "hoursatsetting",
    "schoollunchtaken",
    "parttime",
    "topupfunding",
)
_BY_TERM = {
    "autumn": (
        "termlysessionspossible", "termlysessionsauthorised", "termlysessionsunauthorised",
        "senunitindicator", "resourcedprovisionindicator", "nonqualhrs", "ftemp", "qualhrs",
        "qualhrspreviousyear", "nonqualhrspreviousyear", "tlevelqualhrs", "tlevelnonqualhrs",
        "moveoffrollflag", "fundedhours", "missingaddress", "duplicatenotfunded",
        "summerhalfterm2sessionspossible", "extendedhours", "eligibilitycode",
        "summerhalfterm2sessionsauthorised", "summerhalfterm2sessionsunauthorised", "dafindicator",
        "summerhalfterm2sessionseducational", "summerhalfterm2sessionsexceptional",
        "summerhalfterm2sessionscoronavirus", "yssa", "servicechild", "language", "classtype",
        "enrolstatus", "boarder", "plaa", "senprovision", "ncyearactual",
        "mathsgcsehighestpriorattainment", "mathsgcsepriorattainmentyear11",
        "englishgcsehighestpriorattainment", "englishgcsepriorattainmentyear11",
        "mathsgcsefundingexemption", "englishgcsefundingexemption",
        "mathsgcsehighestpriorattainmentpreviousyear",
        "englishgcsehighestpriorattainmentpreviousyear", "eyppr", "eyppbf",
    ),
    "spring": (
        "unitcontacttime", "termlysessionspossible", "senunitindicator",
        "resourcedprovisionindicator", "moveoffrollflag", "fundedhours", "missingaddress",
        "duplicatenotfunded", "extendedhours", "eligibilitycode", "dafindicator", "ethnicity",
        "yssa", "servicechild", "language", "classtype", "enrolstatus", "boarder", "plaa",
        "senprovision", "ncyearactual", "eyppr", "eyppbf", "youngcarer",
    ),
    "summer": (
        "termlysessionspossible", "senunitindicator", "resourcedprovisionindicator",
        "moveoffrollflag", "fundedhours", "missingaddress", "extendedhours", "eligibilitycode",
        "dafindicator", "yssa", "servicechild", "language", "classtype", "enrolstatus", "boarder",
        "plaa", "senprovision", "ncyearactual", "eyppr", "eyppbf", "expandedhours",
    ),
}  # fmt: skip
_SESSIONS = (
    "pupilonrolltableid",
    "NativeId",
    "termlysessiondetailsonrolltableid",
    "termlysessiondetailsonrollorderseqcolumn",
    "sourceid",
    "sessions",
    "attendancereason",
)
_EXCLUSIONS = (
    "pupilonrolltableid", "NativeId", "termlyexclusionsonrolltableid",
    "termlyexclusionsonrollorderseqcolumn", "sourceid", "startdate", "sessions", "reason1",
    "reason2", "reason3", "category", "senprovision",
)  # fmt: skip


def path(term: Term, part: str) -> str:
    """Return where a term's part of the census is written."""
    return f"school_census/{term.year}_{term.name}_{part}.csv"


def files(as_of: date) -> list[TextFile]:
    """Return the files of the last three terms before a day."""
    found = []
    for term in terms(as_of, RETURNS):
        found.append(TextFile(path(term, "pupilonroll"), _FIRST + _BY_TERM[term.name]))
        found.append(TextFile(path(term, "termlysessiondetailsonroll"), _SESSIONS))
        found.append(TextFile(path(term, "termlyexclusionsonroll"), _EXCLUSIONS))
    return found


def write(family: Family, life: Life, desk: Desk) -> None:
    """Write the family's pupils into each term's return they attended."""
    del family
    clerk = desk.clerk("school_census")
    returned = terms(desk.as_of, RETURNS)
    for child, schooling in life.schooling.items():
        present = [a for a in schooling.terms if a.term in returned]
        if not present:
            continue
        seen = clerk.see(child, desk.as_of)
        held = clerk.identifier(pupil_number(child))
        for attendance in present:
            _pupil(child, schooling, attendance, desk, seen=seen, held=held)
        key = f"SCH{schooling.school_number + 1}/{table_id(child)}"
        desk.books.person("school_census", key, child.id)


def table_id(child: Person) -> str:
    """Return the pupil's id in the return's tables, the same every term."""
    number = system_key(child.serial, first=0, multiplier=198_491_317, modulus=4_294_967_291)
    return f"{number:08x}-{child.serial % 4096:03x}"


def stamp(day: date | None) -> str:
    """Return a day as 2020-Apr-25 00:00:00, or nothing."""
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{day.year}-{months[day.month - 1]}-{day.day:02d} 00:00:00" if day else ""


def _pupil(
    child: Person, schooling: Schooling, attendance: Attendance, desk: Desk, *,
    seen: Seen, held: str,
) -> None:  # fmt: skip
    term, school = attendance.term, f"SCH{schooling.school_number + 1}"
    number = table_id(child)
    more = {
        "termlysessionspossible": f"{term.sessions}.0", "ethnicity": seen.ethnicity,
        "enrolstatus": "C", "boarder": "N", "ncyearactual": schooling.year_group,
        "language": "ENG", "servicechild": "N", "senprovision": "N", "missingaddress": "False",
    }  # fmt: skip
    desk.file(path(term, "pupilonroll"))((
        number, school, stamp(seen.born), seen.surname, seen.forename, seen.middle, "",
        seen.former, held, "", uln(child.serial) if schooling.year_group == "11" else "",
        seen.sex, stamp(schooling.entered), "1", number[:8], school, "", "True", "False", "False",
        *(more.get(column, "") for column in _BY_TERM[term.name]),
    ))  # fmt: skip
    for at, (code, sessions) in enumerate(attendance.codes.items(), 1):
        desk.file(path(term, "termlysessiondetailsonroll"))((
            number, school, f"{number[:8]}{at}", at, number[:8], f"{sessions}.0", code,
        ))  # fmt: skip
    _excluded(number, school, schooling, term, desk)


def _excluded(number: str, school: str, schooling: Schooling, term: Term, desk: Desk) -> None:
    within = [e for e in schooling.exclusions if term.start <= e.on <= term.end]
    for at, exclusion in enumerate(within, 1):
        desk.file(path(term, "termlyexclusionsonroll"))((
            number, school, f"{number[:8]}e{at}", at, number[:8], stamp(exclusion.on),
            f"{exclusion.sessions}.0", exclusion.reason, "", "", exclusion.category, "",
        ))  # fmt: skip
