"""Lives are lived here: a family and its need in, every dated event out.

The rates rise with the family's need, so that troubles gather in few families as they do in life.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from pei_graph.synthetic import policing, schooling, social_care
from pei_graph.synthetic.fate import Fate
from pei_graph.synthetic.homes import communal
from pei_graph.synthetic.lists import places
from pei_graph.synthetic.lives import (
    Benefit,
    EarlyHelp,
    Life,
    Programme,
    Registration,
    Review,
)  # fmt: skip
from pei_graph.synthetic.people import Family, Person
from pei_graph.synthetic.settings import Council

NEEDS = (
    "Parenting", "Behaviour", "Parental mental health", "Child mental health", "Domestic abuse",
    "Attendance", "Housing", "Debt", "Substance misuse", "Family relationships",
)  # fmt: skip
BENEFITS = (
    "Universal Credit",
    "Universal Credit (in work)",
    "Income Support",
    "ESA",
    "JSA",
    "Carer's Allowance",
    "DLA",
)
OUT_OF_WORK = frozenset({"Universal Credit", "Income Support", "ESA", "JSA"})


def live(family: Family, *, seed: int, council: Council) -> Life:
    """Return the family's life; people who went to a refuge, hostel or into care have moved."""
    rng = Random(f"{seed}/{family.number}/life")  # invented lives
    fate, life = Fate(rng, council, family.need), Life()
    schooling.attend(family, life, fate)
    policing.police(family, life, fate)
    social_care.care_for(family, life, fate)
    life.early_help.extend(_early_help(family, fate))
    life.benefits.extend(_benefits(family, fate))
    life.registrations.extend(_registrations(family, fate))
    life.programme = _programme(family, life, fate)
    _shelter(family, life, fate)
    return life


def _early_help(family: Family, fate: Fate) -> Iterator[EarlyHelp]:
    rng, as_of = fate.rng, fate.as_of
    if not family.children or not fate.happens(fate.rates.early_help):
        return
    start = fate.ago(1500)
    lasted = start + timedelta(days=rng.uniform(60, 420))
    assessed = start + timedelta(days=rng.randint(5, 40)) if rng.random() < 0.8 else None
    yield EarlyHelp(
        start, lasted if lasted < as_of else None, rng.choice(NEEDS),
        rng.randrange(len(places().workers)), assessed if assessed and assessed < as_of else None,
    )  # fmt: skip


def _benefits(family: Family, fate: Fate) -> Iterator[Benefit]:
    rng, as_of = fate.rng, fate.as_of
    for person in family.carers + ([family.absent_parent] if family.absent_parent else []):
        if not fate.happens(fate.rates.benefit):
            continue
        for _ in range(rng.choice((1, 1, 1, 2))):
            start = fate.ago(2200)
            end = start + timedelta(days=rng.expovariate(1 / 500))
            yield Benefit(person, rng.choices(BENEFITS, weights=(10, 12, 1, 3, 2, 1, 1))[0],
                          start, end if end < as_of else None)  # fmt: skip


def _registrations(family: Family, fate: Fate) -> Iterator[Registration]:
    rng, as_of = fate.rng, fate.as_of
    for child in family.children:
        if (
            child.age(as_of) > 7
            or not fate.happens(fate.rates.childrens_centre)
            or not family.carers
        ):
            continue
        on = child.born + timedelta(days=rng.randint(20, 900))
        if on >= as_of:
            continue
        visits = int(rng.expovariate(1 / 6))
        last = on + (as_of - on) * rng.random() if visits else None
        two = child.born + timedelta(days=730)
        due = two < as_of and fate.happens(fate.rates.two_year_offer)
        entitlement = rng.choice(("taken up", "taken up", "not taken up")) if due else ""
        new_mother = (on - child.born).days < 365 and fate.happens(fate.rates.vulnerable_mother)
        yield Registration(child, family.carers[0], on, visits, last, entitlement, new_mother)


def _programme(family: Family, life: Life, fate: Fate) -> Programme | None:
    rng, as_of = fate.rng, fate.as_of
    if not family.children or not (life.early_help or life.cases):
        return None
    if not fate.happens(fate.rates.programme):
        return None
    proposed = fate.ago(700, least=5)
    status = rng.choices(("Proposed", "Enrolled", "Declined", "Closed"), weights=(2, 5, 1, 2))[0]
    enrolled = proposed + timedelta(days=21) if status in {"Enrolled", "Closed"} else None
    if enrolled and enrolled >= as_of:
        status, enrolled = "Proposed", None
    closed = as_of - timedelta(days=3) if status == "Closed" else None
    reviews = tuple(_reviews(enrolled, closed or as_of, rng)) if enrolled else ()
    return Programme(proposed, status, enrolled, closed, rng.random() < 0.2, reviews)


def _reviews(enrolled: date, until: date, rng: Random) -> Iterator[Review]:
    on = enrolled + timedelta(days=91)
    while on < until:
        yield Review(on, rng.choice(("Progress", "Progress", "No change", "Worse")))
        on += timedelta(days=91)


def _shelter(family: Family, life: Life, fate: Fate) -> None:
    """Move those who had to leave home: to a refuge after abuse, or a single adult to a hostel."""
    rng, as_of = fate.rng, fate.as_of
    year = as_of - timedelta(days=365)
    abuse = [i for i in life.incidents if i.domestic and i.on > year]
    mother = family.carers[0]
    if abuse and family.children and mother.sex == "F" and (
        rng.random() < fate.council.shares.refuge
    ):  # fmt: skip
        home = rng.choice(communal("refuge"))
        on = min(abuse[-1].on + timedelta(days=2), as_of)
        for person in _with_mother(family, life, mother, on):
            person.move(home, on)
    if (
        len(family.carers) == 1
        and not family.children
        and rng.random() < fate.council.shares.hostel
    ):
        mother.move(rng.choice(communal("hostel")), fate.ago(300))


def _with_mother(family: Family, life: Life, mother: Person, on: date) -> list[Person]:
    in_care = {case.child for case in life.cases if case.care and case.care.end is None}
    home = mother.home(on)
    together = [
        c for c in family.children if c not in in_care and c.born < on and c.home(on) == home
    ]
    return [mother, *together]
