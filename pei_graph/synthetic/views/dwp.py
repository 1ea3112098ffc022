"""DWP: benefit spells of adults, one row a spell, in capitals, dates without separators."""

from datetime import date

from pei_graph.synthetic.books import TextFile
from pei_graph.synthetic.clerks import Clerk
from pei_graph.synthetic.identifiers import nino
from pei_graph.synthetic.lives import Benefit, Life
from pei_graph.synthetic.people import Family, Person
from pei_graph.synthetic.views.desk import Desk, key

FILES = (
    TextFile("dwp/dwp_benefits.csv", (
        "CUSTOMER_REF", "NINO", "TITLE", "FORENAME", "SURNAME", "DOB", "ADDRESS1", "POSTCODE",
        "BENEFIT", "START_DATE", "END_DATE", "OFFICE", "OFFICE_PHONE", "RUN_ID",
    )),
)  # fmt: skip


def write(family: Family, life: Life, desk: Desk) -> None:
    """Write every spell; the customer stands the same in all of theirs."""
    del family
    clerk = desk.clerk("dwp")
    spells: dict[Person, list[Benefit]] = {}
    for benefit in life.benefits:
        spells.setdefault(benefit.person, []).append(benefit)
    for person, benefits in spells.items():
        _customer(person, benefits, desk, clerk)


def _customer(person: Person, benefits: list[Benefit], desk: Desk, clerk: Clerk) -> None:
    on = max(benefit.start for benefit in benefits)
    seen = clerk.see(person, on)
    number, held = f"DW{key('dwp', person)}", clerk.identifier(nino(person.serial))
    for benefit in benefits:
        desk.file("dwp/dwp_benefits.csv")((
            number, held, {"F": "MS", "M": "MR"}.get(seen.sex, ""), seen.forename, seen.surname,
            plain(seen.born), seen.line, seen.postcode, benefit.kind, plain(benefit.start),
            plain(benefit.end), "INVENTSHIRE JCP", "01632 960177", "0926",
        ))  # fmt: skip
    desk.books.person("dwp", number, person.id)


def plain(day: date | None) -> str:
    """Return a day as 31122026, or nothing."""
    return f"{day.day:02d}{day.month:02d}{day.year}" if day else ""
