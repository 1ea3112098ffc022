"""EHM, the early-help system: people with a family id, and episodes; pipe-delimited."""

from pei_graph.synthetic.books import TextFile
from pei_graph.synthetic.clerks import Clerk
from pei_graph.synthetic.identifiers import nhs_number
from pei_graph.synthetic.lives import EarlyHelp, Life
from pei_graph.synthetic.people import Family, Person
from pei_graph.synthetic.views.desk import Desk, key, month_named, worker
from pei_graph.synthetic.views.lcs import clients, pupil_number

FILES = (
    TextFile("ehm/ehm_people.csv", (
        "EHM_ID", "EH_FAMILY_ID", "LCS_ID", "NAME", "DOB", "GENDER", "ROLE", "ADDRESS",
        "POSTCODE", "UPRN", "UPN", "NHS_NO", "CONSENT",
    ), delimiter="|"),
    TextFile("ehm/ehm_episodes.csv", (
        "EPISODE_ID", "EHM_ID", "ROLE", "START", "END", "ASSESSED_ON", "MAIN_NEED", "STATUS",
        "LEAD_PRACTITIONER", "LEAD_PHONE", "LEAD_AGENCY",
    ), delimiter="|"),
)  # fmt: skip


def write(family: Family, life: Life, desk: Desk) -> None:
    """Write the whole family down under one early-help family id, and each one's episodes."""
    if not life.early_help:
        return
    clerk = desk.clerk("ehm")
    known_to_lcs = set(clients(family, life))
    members = [*family.children, *family.carers]
    for person in members:
        _member(person, family, desk, clerk, in_lcs=person in known_to_lcs)
        for at, episode in enumerate(life.early_help, 1):
            _episode(person, episode, at, desk)


def _member(person: Person, family: Family, desk: Desk, clerk: Clerk, *, in_lcs: bool) -> None:
    pupil = not person.adult and person.age(desk.as_of) > 3  # in or past reception
    for second in (False, True):
        if second and not clerk.errs(clerk.faults.duplicate):
            return
        number = key("ehm", person, second=second)
        seen = clerk.see(person, desk.as_of)
        desk.file("ehm/ehm_people.csv")((
            f"E{number}", f"EHF{family.number:07d}",
            clerk.identifier(str(key("lcs", person))) if in_lcs and not second else "",
            f"{seen.forename} {seen.surname}".strip(), month_named(seen.born),
            seen.sex, "Parent/Carer" if person.adult else "Child", seen.line, seen.postcode,
            seen.uprn, clerk.identifier(pupil_number(person)) if pupil else "",
            clerk.identifier(nhs_number(person.serial)) if clerk.errs(0.3) else "", "Y",
        ))  # fmt: skip
        desk.books.person("ehm", f"E{number}", person.id)


def _episode(person: Person, episode: EarlyHelp, at: int, desk: Desk) -> None:
    name, phone = worker(episode.worker)
    number = key("ehm", person)
    desk.file("ehm/ehm_episodes.csv")((
        f"EP{number}-{at}", f"E{number}", "Parent/Carer" if person.adult else "Child",
        month_named(episode.start), month_named(episode.end), month_named(episode.assessed),
        episode.need, "Closed" if episode.end else "Open", name, phone, "Family hub",
    ))  # fmt: skip
