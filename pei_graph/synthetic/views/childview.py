"""Childview, the youth offending system: young people, offences, interventions."""

from datetime import timedelta

from pei_graph.synthetic.books import TextFile
from pei_graph.synthetic.clerks import Clerk
from pei_graph.synthetic.lives import Life, Offence
from pei_graph.synthetic.people import Family, Person
from pei_graph.synthetic.views.desk import Desk, british, key, worker
from pei_graph.synthetic.views.lcs import pupil_number

FILES = (
    TextFile("childview/young_people.csv", (
        "CV_ID", "FORENAME", "SURNAME", "KNOWN_AS", "DOB", "SEX", "ETHNICITY", "ADDRESS",
        "POSTCODE", "UPRN", "UPN", "LCS_ID", "LANGUAGE",
    )),
    TextFile("childview/offences.csv", (
        "OFFENCE_ID", "CV_ID", "OFFENCE", "OFFENCE_DATE", "OUTCOME", "OUTCOME_DATE", "GRAVITY",
    )),
    TextFile("childview/interventions.csv", (
        "INTERVENTION_ID", "CV_ID", "INTERVENTION", "START_DATE", "END_DATE", "CASE_MANAGER",
        "TELEPHONE",
    )),
)  # fmt: skip


def write(family: Family, life: Life, desk: Desk) -> None:
    """Write the family's young people who offended, and what the service did."""
    del family
    offences = [offence for offence in life.offences if not offence.person.adult]
    clerk = desk.clerk("childview")
    in_lcs = {case.child for case in life.cases}
    for person in dict.fromkeys(offence.person for offence in offences):
        last = max(offence.proven for offence in offences if offence.person is person)
        seen = clerk.see(person, last)
        number = f"CV{key('childview', person)}"
        desk.file("childview/young_people.csv")((
            number, seen.forename, seen.surname, seen.known_as, british(seen.born),
            {"F": "Female", "M": "Male"}.get(seen.sex, ""), seen.ethnicity, seen.line,
            seen.postcode, seen.uprn, clerk.identifier(pupil_number(person)),
            clerk.identifier(str(key("lcs", person))) if person in in_lcs else "", "English",
        ))  # fmt: skip
        desk.books.person("childview", number, person.id)
        _offending(person, number, offences, desk, clerk)


def _offending(
    person: Person, number: str, offences: list[Offence], desk: Desk, clerk: Clerk
) -> None:
    for at, offence in enumerate((o for o in offences if o.person is person), 1):
        desk.file("childview/offences.csv")((
            f"{number}/{at}", number, offence.kind, british(offence.on), offence.outcome,
            british(offence.proven), clerk.rng.randint(1, 6),
        ))  # fmt: skip
        if offence.outcome == "Not proven":
            continue
        name, phone = worker((at + person.serial) % 20)
        end = offence.order_to or offence.proven + timedelta(days=90)
        desk.file("childview/interventions.csv")((
            f"{number}/I{at}", number, offence.outcome + " programme", british(offence.proven),
            british(end), name, phone,
        ))  # fmt: skip
