"""Capita One, the education system: roll, attendance, exclusions, parental contacts, leavers."""

from pei_graph.synthetic.books import TextFile
from pei_graph.synthetic.clerks import Clerk
from pei_graph.synthetic.identifiers import telephone, uln
from pei_graph.synthetic.lives import Life, Schooling
from pei_graph.synthetic.people import Family, Person
from pei_graph.synthetic.schooling import PRESENT
from pei_graph.synthetic.views.desk import Desk, british, key
from pei_graph.synthetic.views.lcs import pupil_number


def _tabbed(name: str, *columns: str) -> TextFile:
    return TextFile(f"capita_one/{name}.txt", columns, delimiter="\t", encoding="cp1252")


FILES = (
    _tabbed(
        "roll", "STUD_ID", "UPN", "ULN", "SURNAME", "FORENAME", "MIDNAME", "CHOSEN_SURNAME",
        "CHOSEN_FORENAME", "DOB", "SEX", "ETHNICITY", "BASE_NAME", "NCY", "ENROL_STATUS",
        "ENTRY_DATE", "LEAVING_DATE", "ADDRESS", "POSTCODE", "UPRN", "CREATED_STAMP",
    ),
    _tabbed(
        "attendance", "STUD_ID", "ACADEMIC_YEAR", "TERM", "TERM_START", "TERM_END", "POSSIBLE",
        "PRESENT", "AUTHORISED", "UNAUTHORISED",
    ),
    _tabbed("exclusions", "STUD_ID", "EXCL_TYPE", "START_DATE", "SESSIONS", "REASON", "BASE_NAME"),
    _tabbed(
        "contacts", "CONTACT_ID", "STUD_ID", "TITLE", "FORENAME", "SURNAME", "DOB", "RELATIONSHIP",
        "ADDRESS", "POSTCODE", "PHONE", "PARENTAL_RESPONSIBILITY",
    ),
    _tabbed("leavers", "STUD_ID", "ACTIVITY", "FROM_DATE", "TO_DATE", "ADVISER", "ADVISER_PHONE"),
)  # fmt: skip
UNAUTHORISED_CODES = ("O", "G", "U", "N")


def write(family: Family, life: Life, desk: Desk) -> None:
    """Write the family's pupils, and the contacts their schools hold."""
    clerk = desk.clerk("capita_one")
    for child, schooling in life.schooling.items():
        _pupil(child, schooling, desk, clerk, second=False)
        if clerk.errs(clerk.faults.duplicate):
            _pupil(child, schooling, desk, clerk, second=True)
        _terms(child, schooling, desk)
    if life.schooling:
        _contacts(family, life, desk)


def _pupil(child: Person, schooling: Schooling, desk: Desk, clerk: Clerk, *, second: bool) -> None:
    number = key("capita_one", child, second=second)
    seen = clerk.see(child, schooling.left or desk.as_of)
    held = "" if second and clerk.errs(0.8) else clerk.identifier(pupil_number(child))
    desk.file("capita_one/roll.txt")((
        number, held, uln(child.serial) if schooling.year_group in {"10", "11"} else "",
        seen.surname, seen.forename, seen.middle, "", seen.known_as if clerk.errs(0.7) else "",
        british(seen.born), seen.sex, seen.ethnicity, schooling.school, schooling.year_group,
        schooling.status, british(schooling.entered), british(schooling.left), seen.line,
        seen.postcode, seen.uprn, british(desk.as_of),
    ))  # fmt: skip
    desk.books.person("capita_one", number, child.id)


def _terms(child: Person, schooling: Schooling, desk: Desk) -> None:
    number = key("capita_one", child)
    for attendance in schooling.terms:
        term, codes = attendance.term, attendance.codes
        present = sum(codes.get(code, 0) for code in PRESENT)
        unauthorised = sum(codes.get(code, 0) for code in UNAUTHORISED_CODES)
        desk.file("capita_one/attendance.txt")((
            number, term.academic_year, term.name.title(), british(term.start), british(term.end),
            term.sessions, present, term.sessions - present - unauthorised, unauthorised,
        ))  # fmt: skip
    for exclusion in schooling.exclusions:
        desk.file("capita_one/exclusions.txt")((
            number, exclusion.category, british(exclusion.on), exclusion.sessions,
            exclusion.reason, schooling.school,
        ))  # fmt: skip
    if schooling.left:
        activity = "NEET" if schooling.neet_from else "EET"
        desk.file("capita_one/leavers.txt")((
            number, activity, british(schooling.neet_from or schooling.left), "",
            "Ina Supposed", telephone(118),
        ))  # fmt: skip


def _contacts(family: Family, life: Life, desk: Desk) -> None:
    """Write the adults whom schools may ring; a second school writes them down anew."""
    clerk = desk.clerk("capita_one_contacts")
    absent = family.absent_parent
    adults = [family.carers[0]] + [c for c in family.carers[1:] if clerk.errs(0.9)]
    adults += [absent] if absent and clerk.errs(0.45) else []
    first_school = next(iter(life.schooling.values())).school
    for second in (False, True):
        pupils = [
            c for c, place in life.schooling.items() if (place.school != first_school) is second
        ]
        for adult in adults if pupils else ():
            _contact(adult, pupils, desk, clerk, second=second)


def _contact(
    adult: Person, pupils: list[Person], desk: Desk, clerk: Clerk, *, second: bool
) -> None:
    seen = clerk.see(adult, desk.as_of)
    number = key("contact", adult, second=second)
    for child in pupils:
        parent = adult in (child.mother, child.father)
        kind = ("Mother" if adult.sex == "F" else "Father") if parent else "Carer"
        desk.file("capita_one/contacts.txt")((
            number, key("capita_one", child), {"F": "Ms", "M": "Mr"}.get(seen.sex, ""),
            seen.forename, seen.surname, british(seen.born), kind, seen.line, seen.postcode,
            telephone(adult.serial), "Y" if parent else "N",
        ))  # fmt: skip
    desk.books.person("capita_one", number, adult.id)
