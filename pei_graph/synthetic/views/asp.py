"""ASP, the police: nominals, their parts in incidents, missing episodes, offender management."""

from datetime import date

from pei_graph.synthetic.clerks import Clerk
from pei_graph.synthetic.lives import Incident, Life
from pei_graph.synthetic.people import Family, Person
from pei_graph.synthetic.views.desk import Desk, key, worker

DATABASE = "asp/asp_export.sqlite"
TABLES = {
    "nominals": (
        "NOMINAL_ID", "FORENAME", "SURNAME", "ALIAS", "DOB", "GENDER", "ADDRESS", "POSTCODE",
        "UPRN", "ADDRESS_SEEN_ON", "OUT_OF_FORCE", "LOADED_BY",
    ),
    "incident_roles": (
        "INCIDENT_NO", "NOMINAL_ID", "ROLE", "INCIDENT_DATE", "INCIDENT_TYPE", "DA_FLAG",
        "OUTCOME", "OFFICER", "OFFICER_PHONE",
    ),
    "missing_reports": ("REPORT_NO", "NOMINAL_ID", "MISSING_FROM", "FOUND_ON", "FROM_CARE"),
    "offender_management": (
        "ENTRY_NO", "NOMINAL_ID", "ENTRY_TYPE", "DETAIL", "OFFENCE_DATE", "START_DATE", "END_DATE",
    ),
}  # fmt: skip


def write(family: Family, life: Life, desk: Desk) -> None:
    """Write everyone of the family whom the police met, at the address given last."""
    del family
    met: dict[Person, date] = {}
    for incident in life.incidents:
        for person, _ in incident.parts:
            met[person] = max(incident.on, met.get(person, incident.on))
    for missing in life.missing:
        met[missing.child] = max(missing.start, met.get(missing.child, missing.start))
    dealt_with = [(o.person, o.on) for o in life.offences if o.person.adult]
    for person, on in [*dealt_with, *((entry.person, entry.on) for entry in life.antisocial)]:
        met[person] = max(on, met.get(person, on))
    for release in life.releases:
        met.setdefault(release.person, desk.as_of)
    clerk = desk.clerk("asp")
    numbers = {person: _nominal(person, on, desk, clerk) for person, on in met.items()}
    for incident in life.incidents:
        _roles(incident, numbers, desk)
    _reports(life, numbers, desk)
    _entries(life, numbers, desk)


def _nominal(person: Person, on: date, desk: Desk, clerk: Clerk) -> list[int]:
    """Write a nominal, and a second one where an officer did not find the first; return both."""
    numbers = []
    for second in (False, True):
        if second and not clerk.errs(clerk.faults.duplicate):
            break
        seen = clerk.see(person, on)
        number = key("asp", person, second=second)
        desk.file("asp/nominals")((
            str(number), seen.forename, seen.surname, seen.known_as if clerk.errs(0.6) else "",
            iso(seen.born), {"F": "Female", "M": "Male"}.get(seen.sex, "Not known"), seen.line,
            seen.postcode, seen.uprn, iso(on), "1" if person.outsider else "0", "interface",
        ))  # fmt: skip
        desk.books.person("asp", number, person.id)
        numbers.append(number)
    return numbers


def _roles(incident: Incident, numbers: dict[Person, list[int]], desk: Desk) -> None:
    officer, phone = worker(incident.number % 20)
    outcome = ("No further action", "Safeguarding referral", "Charged")[incident.number % 3]
    for person, part in incident.parts:
        desk.file("asp/incident_roles")((
            f"INC{incident.number:09d}", str(desk.rng.choice(numbers[person])), part.upper(),
            iso(incident.on), incident.kind, "Y" if incident.domestic else "N", outcome,
            f"PC {officer}", phone,
        ))  # fmt: skip


def _reports(life: Life, numbers: dict[Person, list[int]], desk: Desk) -> None:
    for at, missing in enumerate(life.missing):
        number = numbers[missing.child][0]
        desk.file("asp/missing_reports")((
            f"MIS{number}{at:02d}", str(number), iso(missing.start), iso(missing.end),
            "Y" if missing.from_care else "N",
        ))  # fmt: skip


def _entries(life: Life, numbers: dict[Person, list[int]], desk: Desk) -> None:
    add = desk.file("asp/offender_management")
    entries: list[tuple[Person, str, str, date | None, date, date | None]] = [
        (o.person, "PROVEN OFFENCE" if o.is_proven else "OFFENCE NOT PROVEN", o.kind, o.on,
         o.proven, o.proven) for o in life.offences if o.person.adult
    ]  # fmt: skip
    entries += [(o.person, "COMMUNITY ORDER", o.kind, o.on, o.proven, o.order_to)
                for o in life.offences if o.person.adult and o.order_to]  # fmt: skip
    entries += [(a.person, "ASB", a.kind, a.on, a.on, a.on) for a in life.antisocial]
    entries += [(r.person, "PRISON RELEASE DUE", "Custodial sentence", None, r.due, None)
                for r in life.releases]  # fmt: skip
    for at, (person, kind, detail, offence, start, end) in enumerate(entries):
        number = numbers[person][0]
        add((f"OM{number}{at:02d}", str(number), kind, detail, iso(offence), iso(start), iso(end)))


def iso(day: date | None) -> str:
    """Return a day as 2026-12-31, or nothing."""
    return day.isoformat() if day else ""
