"""Annex A, the child-level lists for an inspection: one workbook of eleven sheets."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pei_graph.synthetic.clerks import Clerk, Seen
from pei_graph.synthetic.lists import annex_a_headings
from pei_graph.synthetic.lives import Care, Case, Life
from pei_graph.synthetic.people import Family, Person
from pei_graph.synthetic.views.desk import Desk, key, worker

WORKBOOK = "annex_a/annex_a.xlsx"
_HALF_YEAR = 183
_SOURCES = {"1A": "a) 1A: Individual", "2A": "e) 2A: Schools", "6": "q) 6: Police"}
_SEXES = {"M": "a) Male", "F": "b) Female", "": "c) Not stated/recorded"}
_ABUSE = {"NEG": "Neglect", "PHY": "Physical abuse", "SAB": "Sexual abuse",
          "EMO": "Emotional abuse", "MUL": "Multiple"}  # fmt: skip
Cells = Mapping[str, object]


def write(family: Family, life: Life, desk: Desk) -> None:
    """Write every list on which the family's children stand."""
    clerk = desk.clerk("returns")
    since = desk.as_of - timedelta(days=_HALF_YEAR)
    for case in life.cases:
        listed = _listed(case, life, clerk.see(case.child, desk.as_of), desk, since=since)
        _write(case.child, listed, desk)
    if life.cases and life.early_help and life.early_help[0].start > since:
        helped = life.early_help[0]
        for case in life.cases:
            seen = clerk.see(case.child, desk.as_of)
            _write(case.child, [("List 2", _child(case.child, seen, desk) | {
                "Assessment start date": helped.start,
                "Assessment completion date": helped.assessed,
                "Organisation completing assessment": "Family hub",
            })], desk)  # fmt: skip
    _adopters(family, life, desk, clerk)


def _write(child: Person, listed: list[tuple[str, Cells]], desk: Desk) -> None:
    for sheet, cells in listed:
        headings = annex_a_headings()[sheet]
        desk.file(f"annex_a/{sheet}")([cells.get(heading) for heading in headings])
    if listed:
        desk.books.person("annex_a", key("lcs", child), child.id)


def _child(child: Person, seen: Seen, desk: Desk) -> dict[str, object]:
    return {
        "Child Unique ID": key("lcs", child), "Gender": _SEXES[seen.sex],
        "Ethnicity": f"a) {seen.ethnicity}", "Date of Birth": seen.born,
        "Age": child.age(desk.as_of), "Age of Child (Years)": child.age(desk.as_of),
        "Does the Child have a Disability": "b) No",
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Window:
    """The half year that the lists look back on."""

    since: date

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and day > self.since

    def open(self, start: date | None, end: date | None) -> bool:
        """Whether something was open in it."""
        return start is not None and (end is None or end > self.since)


def _listed(
    case: Case, life: Life, seen: Seen, desk: Desk, *, since: date
) -> list[tuple[str, Cells]]:
    name, _ = worker(case.worker)
    common = _child(case.child, seen, desk) | {
        "Allocated Team": "Team " + name[0], "Allocated Worker": name,
    }  # fmt: skip
    found = [*_early(case, _Window(since)), *_plans(case, _Window(since), desk)]
    if case.care and _Window(since).open(case.care.start, case.care.end):
        found.append(("List 8", _looked_after(case, case.care, life, desk)))
        found += _later(case, case.care, desk)
    return [(sheet, common | dict(cells)) for sheet, cells in found]


def _early(case: Case, window: _Window) -> Iterator[tuple[str, Cells]]:
    source = _SOURCES.get(case.source, f"s) {case.source}: Other")
    if window.holds(case.referred):
        yield "List 1", {"Date of Contact": case.referred, "Contact Source": source}
        yield "List 3", {
            "Date of Referral": case.referred, "Referral Source": source,
            "Referral NFA?": "No" if case.assessed else "Yes",
            "Number of Referrals in Last 12 Months": 1,
        }  # fmt: skip
    if window.open(case.assessed, case.authorised):
        yield "List 4", {
            "Continuous Assessment Start Date": case.assessed,
            "Child Seen During Continuous Assessment": "Yes",
            "Continuous Assessment Date of Authorisation": case.authorised,
        }  # fmt: skip
    if window.holds(case.enquiry):
        yield "List 5", {
            "Strategy discussion initiating Section 47 Enquiry Start Date": case.enquiry,
            "Date of Initial Child Protection Conference": case.plan_from,
            "Number of Section 47 Enquiries in the last 12 months": 1,
        }  # fmt: skip


def _plans(case: Case, window: _Window, desk: Desk) -> Iterator[tuple[str, Cells]]:
    if window.open(case.in_need_from, case.in_need_to):
        yield "List 6", {
            "CIN Start Date": case.in_need_from, "Primary Need Code": case.need,
            "Date Child Was Last Seen": desk.as_of - timedelta(days=20),
            "CIN Closure Date": case.in_need_to, "Reason for Closure": case.reason or None,
            "Case Status": "c) Child in need plan",
        }  # fmt: skip
    if window.open(case.plan_from, case.plan_to):
        category = _ABUSE[case.category]
        yield "List 7", {
            "Child Protection Plan Start Date": case.plan_from,
            "Initial Category of Abuse": category, "Latest Category of Abuse": category,
            "Child Protection Plan End Date": case.plan_to,
            "Number of Previous Child Protection Plans": 0,
        }  # fmt: skip


def _looked_after(case: Case, care: Care, life: Life, desk: Desk) -> Cells:
    year = desk.as_of - timedelta(days=365)
    episodes = [m for m in life.missing if m.child is case.child and m.from_care and m.start > year]
    return {
        "Date Started to be Looked After": care.start, "Child's Category of Need": case.need,
        "Start date of current legal status": care.start, "Child's Legal Status": care.legal,
        "Date Ceased to be Looked After": care.end,
        "Reason Ceased to be Looked After": "E4A" if care.end else None,
        "Start Date of Most Recent Placement": care.start,
        "Placement Type": f"f) {care.placement}: Placement",
        "Placement Provider": "b) PR1 - Own provision",
        "Placement postcode": care.placement_postcode,
        _heading("List 8", "Missing"): len(episodes), _heading("List 8", "Absent"): 0,
        "Number of Placements in the Last 12 months": 1,
    }  # fmt: skip


def _heading(sheet: str, word: str) -> str:
    return next(h for h in annex_a_headings()[sheet] if h.startswith("Number") and word in h)


def _later(case: Case, care: Care, desk: Desk) -> Iterator[tuple[str, Cells]]:
    """Yield what comes after care: leaving it at 16 and over, or adoption of the very young."""
    if case.child.age(desk.as_of) >= 16:  # eligible care leavers
        yield "List 9", {
            "Eligibility Category": "a) Eligible child", "LA in Touch": "a) Yes",
            "Latest Date of Contact": desk.as_of - timedelta(days=30),
        }  # fmt: skip
    if care.legal == "E1":
        yield "List 10", {
            "Family identifier": _adoption(case), "Date the Child Entered Care": care.start,
            "Date of Placement Order": care.start,
        }  # fmt: skip


def _adoption(case: Case) -> int:
    return 14_000_000 + case.child.serial


_FIRST_ADOPTER = 70_000_000
"""Above every key that the same list has of a child."""


def _adopters(family: Family, life: Life, desk: Desk, clerk: Clerk) -> None:
    """Write adopters of children under placement orders: people whom no other system knows."""
    del family
    for case in life.cases:
        care = case.care
        if care is None or care.legal != "E1" or not clerk.errs(0.5):
            continue
        number = _FIRST_ADOPTER + case.child.serial
        cells = {
            "Individual adopter identifier": number, "Family identifier": _adoption(case),
            "Gender": _SEXES["F"], "Ethnicity": "a) WBRI", "Disability": "b) No",
            "Date enquiry received": care.start, "No. of children placed": 1,
        }  # fmt: skip
        desk.file("annex_a/List 11")([cells.get(h) for h in annex_a_headings()["List 11"]])
        desk.books.person("annex_a", number, f"A{case.child.serial:07d}")
