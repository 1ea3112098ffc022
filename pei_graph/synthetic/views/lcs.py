"""LCS, the children's social care system: clients, addresses, involvements, relationships."""

from collections.abc import Iterator
from datetime import date, timedelta

from pei_graph.synthetic.books import TextFile
from pei_graph.synthetic.clerks import Clerk
from pei_graph.synthetic.homes import communal
from pei_graph.synthetic.identifiers import nhs_number, upn
from pei_graph.synthetic.lives import Case, Life
from pei_graph.synthetic.people import Family, Person
from pei_graph.synthetic.views.desk import Desk, british, key, worker

FILES = (
    TextFile("lcs/clients.csv", (
        "PERSON_ID", "PERSON_TYPE", "FORENAME", "MIDDLE_NAMES", "SURNAME", "KNOWN_AS",
        "PREVIOUS_SURNAME", "DOB", "GENDER", "ETHNICITY", "NHS_NUMBER", "UPN", "RESTRICTED",
        "CREATED_ON", "CREATED_BY",
    )),
    TextFile("lcs/addresses.csv", (
        "PERSON_ID", "ADDRESS_LINE", "POSTCODE", "UPRN", "ADDRESS_TYPE", "START_DATE", "END_DATE",
    )),
    TextFile("lcs/involvements.csv", (
        "INVOLVEMENT_ID", "PERSON_ID", "TYPE", "START_DATE", "END_DATE", "CATEGORY", "STATUS",
        "WORKER", "TEAM", "TELEPHONE",
    )),
    TextFile("lcs/factors.csv", ("ASSESSMENT_ID", "PERSON_ID", "FACTOR", "ASSESSED_ON")),
    TextFile("lcs/relationships.csv", (
        "PERSON_ID", "RELATED_PERSON_ID", "RELATIONSHIP", "START_DATE", "END_DATE",
    )),
)  # fmt: skip
_RESTRICTED = 0.004
"""Further clients whose record few may open: adoption, relatives of staff."""


def write(family: Family, life: Life, desk: Desk) -> None:
    """Write the family's clients down: children with a case, and the adults around them."""
    if not life.cases:
        return
    clerk = desk.clerk("lcs")
    contact = max(case.closed or desk.as_of for case in life.cases)
    known = clients(family, life)
    for person in known:
        _client(person, desk, clerk, on=contact, second=False)
        if clerk.errs(clerk.faults.duplicate):
            _client(person, desk, clerk, on=life.cases[0].referred, second=True)
    for case in life.cases:
        _involvements(case, desk)
    for case in life.cases:
        _relationships(case.child, known, desk)


def clients(family: Family, life: Life) -> list[Person]:
    """Return those of a family whom LCS knows: children with a case and the adults around them."""
    if not life.cases:
        return []
    absent = family.absent_parent
    named = absent is not None and absent.serial % 4 > 0  # a quarter of fathers are not named
    adults = [*family.carers, *([absent] if absent and named else [])]
    return [*(case.child for case in life.cases), *adults]


def _client(person: Person, desk: Desk, clerk: Clerk, *, on: date, second: bool) -> None:
    number = key("lcs", person, second=second)
    seen = clerk.see(person, on)
    pupil = not person.adult and person.age(desk.as_of) > 3  # in or past reception
    desk.file("lcs/clients.csv")((
        number, "Adult" if person.adult else "Child", seen.forename, seen.middle, seen.surname,
        seen.known_as, seen.former if clerk.errs(0.3) else "", british(seen.born),
        {"F": "Female", "M": "Male"}.get(seen.sex, "Unknown"), seen.ethnicity,
        clerk.identifier(nhs_number(person.serial)),
        clerk.identifier(pupil_number(person)) if pupil else "",
        "Y" if _is_restricted(person, desk) else "N", british(on), "migration",
    ))  # fmt: skip
    desk.books.person("lcs", number, person.id)
    _addresses(person, number, desk, clerk, on=on, second=second)


def _is_restricted(person: Person, desk: Desk) -> bool:
    """Whether the record is closed to most: who lives in a refuge, and a few others."""
    drawn = desk.rng.random() < _RESTRICTED
    return drawn or person.home(desk.as_of) in communal("refuge")


def pupil_number(person: Person) -> str:
    """Return the unique pupil number a child was given on entering school."""
    return upn(person.serial, person.born.year + 4)


def _addresses(
    person: Person, number: int, desk: Desk, clerk: Clerk, *, on: date, second: bool
) -> None:
    stays = [stay for stay in person.stays if stay.start <= on]
    if len(stays) > 1 and clerk.errs(clerk.faults.old_address):
        stays = stays[:-1]
    for stay in stays[-1:] if second else stays:
        seen = clerk.see(person, on)
        clerk.write_home(seen, stay.home)
        end = stay.end if stay.end and stay.end <= on and stay is not stays[-1] else None
        kind = "Home" if stay.home.kind == "dwelling" else "Placement"
        desk.file("lcs/addresses.csv")((
            number, seen.line, seen.postcode, seen.uprn, kind, british(stay.start), british(end),
        ))  # fmt: skip


def _involvements(case: Case, desk: Desk) -> None:
    name, phone = worker(case.worker)
    number = key("lcs", case.child)
    for at, (kind, start, end, category) in enumerate(_steps(case), 1):
        desk.file("lcs/involvements.csv")((
            f"{number}-{at}", number, kind, british(start), british(end), category,
            "Closed" if end else "Open", name, "Team " + name[0], phone,
        ))  # fmt: skip
    if case.authorised:
        for factor in case.factors:
            desk.file("lcs/factors.csv")((
                f"{number}-A", number, factor, british(case.authorised),
            ))  # fmt: skip


def _steps(case: Case) -> Iterator[tuple[str, date, date | None, str]]:
    """Yield what happened in a case: type, start, end, category."""
    yield "Referral", case.referred, case.referred + timedelta(days=1), case.source
    if case.assessed:
        yield "Assessment", case.assessed, case.authorised, case.need
    if case.enquiry:
        yield "S47 Enquiry", case.enquiry, case.enquiry + timedelta(days=15), ""
    if case.in_need_from:
        yield "CIN", case.in_need_from, case.in_need_to, case.need
    if case.plan_from:
        yield "CP Plan", case.plan_from, case.plan_to, case.category
    if case.care:
        yield "CLA", case.care.start, case.care.end, case.care.legal


def _relationships(child: Person, known: list[Person], desk: Desk) -> None:
    add = desk.file("lcs/relationships.csv")
    number = key("lcs", child)
    for other in known:
        if other.adult:
            parent = other in (child.mother, child.father)
            kind = {"F": "Mother", "M": "Father"}[other.sex] if parent else "Carer"
            add((key("lcs", other), number, kind, british(child.born), ""))
        elif other.serial > child.serial and other.mother is child.mother:
            add((number, key("lcs", other), "Sibling", british(other.born), ""))
