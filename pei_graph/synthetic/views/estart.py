"""eStart, the children's centres: registrations with a child and a parent in one row."""

from pei_graph.synthetic.books import TextFile
from pei_graph.synthetic.lists import places
from pei_graph.synthetic.lives import Life, Registration
from pei_graph.synthetic.people import Family
from pei_graph.synthetic.views.desk import Desk, british, key

FILES = (
    TextFile("estart/registrations.csv", (
        "REG_NO", "CHILD_ID", "CHILD_FORENAME", "CHILD_SURNAME", "CHILD_DOB", "CHILD_SEX",
        "PARENT_ID", "PARENT_FORENAME", "PARENT_SURNAME", "PARENT_DOB", "PARENT_SEX",
        "RELATIONSHIP", "ADDRESS", "POSTCODE", "CENTRE", "REGISTERED_ON", "LAST_VISIT", "VISITS",
        "TWO_YEAR_OFFER", "OFFER_FROM", "EXTRA_SUPPORT", "NEWSLETTER",
    )),
)  # fmt: skip


def write(family: Family, life: Life, desk: Desk) -> None:
    """Write the family's registrations; the address is the one given on the day."""
    for registration in life.registrations:
        _register(registration, family, desk)
    for carer in dict.fromkeys(registration.carer for registration in life.registrations):
        desk.books.person("estart", f"A{key('estart', carer)}", carer.id)


def _register(registration: Registration, family: Family, desk: Desk) -> None:
    child, carer, on = registration.child, registration.carer, registration.on
    seen = desk.clerk("estart").see(child, on)
    adult = desk.clerk("estart_parent").see(carer, on)
    child_id, parent_id = f"C{key('estart', child)}", f"A{key('estart', carer)}"
    centres = places().children_centres
    parent = carer in (child.mother, child.father)
    kind = {"F": "Mother", "M": "Father"}[carer.sex] if parent else "Carer"
    offer = (
        child.born.replace(day=1, year=child.born.year + 2) if registration.entitlement else None
    )
    desk.file("estart/registrations.csv")((
        f"R{key('estart', child)}", child_id, seen.forename, seen.surname, british(seen.born),
        seen.sex, parent_id, adult.forename, adult.surname, british(adult.born), adult.sex,
        kind, seen.line, seen.postcode, centres[family.number % len(centres)], british(on),
        british(registration.last), registration.visits, registration.entitlement, british(offer),
        "new mother" if registration.new_mother else "", "N",
    ))  # fmt: skip
    desk.books.person("estart", child_id, child.id)
