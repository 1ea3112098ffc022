"""The programme's own workbook, kept by hand: proposals, status, reviews; one name cell."""

from pei_graph.synthetic.clerks import Clerk
from pei_graph.synthetic.lives import Life, Programme
from pei_graph.synthetic.people import Family, Person
from pei_graph.synthetic.views.desk import Desk, key, worker
from pei_graph.synthetic.views.lcs import clients, pupil_number

WORKBOOK = "programme/programme_register.xlsx"
TITLE = "Inventshire families programme: register (invented people)"
SHEETS = {
    "Proposals": (
        "HIF ID", "Family ref", "Name", "Date of birth", "Sex", "Parent or child", "Address",
        "Postcode", "LCS ID", "UPN", "Proposed on", "Proposed by", "Serious debt", "Notes",
    ),
    "Status": ("HIF ID", "Status", "Enrolled on", "Closed on", "Key worker", "Telephone"),
    "Reviews": ("HIF ID", "Reviewed on", "Outcome", "Reviewer"),
}  # fmt: skip


def write(family: Family, life: Life, desk: Desk) -> None:
    """Write the family's members down, with where they stand on the programme."""
    programme = life.programme
    if programme is None:
        return
    clerk = desk.clerk("programme")
    known_to_lcs = set(clients(family, life))
    for person in [*family.carers, *family.children]:
        number = f"HIF{key('programme', person)}"
        row = _proposal(person, desk, clerk, lcs=person in known_to_lcs)
        debt = "Y" if programme.debt and person.adult else ""
        desk.file("programme/Proposals")((
            number, f"FAM{family.number:06d}", *row, programme.proposed,
            worker(family.number % 20)[0], debt, None,
        ))  # fmt: skip
        desk.books.person("programme", number, person.id)
        _progress(number, programme, family, desk)


def _proposal(person: Person, desk: Desk, clerk: Clerk, *, lcs: bool) -> tuple[object, ...]:
    seen = clerk.see(person, desk.as_of)
    name = f"{seen.surname}, {seen.forename}" if seen.surname else seen.forename
    number = clerk.identifier(pupil_number(person)) if not person.adult else ""
    return (
        name, seen.born, seen.sex, "Parent" if person.adult else "Child", seen.line,
        seen.postcode, clerk.identifier(str(key("lcs", person))) if lcs else "",
        number if person.age(desk.as_of) > 3 else "",  # in or past reception
    )  # fmt: skip


def _progress(number: str, programme: Programme, family: Family, desk: Desk) -> None:
    name, phone = worker(family.number % 20)
    desk.file("programme/Status")((
        number, programme.status, programme.enrolled, programme.closed, name, phone,
    ))  # fmt: skip
    for review in programme.reviews:
        desk.file("programme/Reviews")((number, review.on, review.outcome, name))
