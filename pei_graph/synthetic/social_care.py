"""Lives as children's social care meets them: referral, assessment, plans, being looked after."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from pei_graph.synthetic.fate import Fate
from pei_graph.synthetic.homes import SLOTS, communal, dwelling
from pei_graph.synthetic.lists import places
from pei_graph.synthetic.lives import Care, Case, Life, Missing
from pei_graph.synthetic.people import Family, Home, Person

_SOURCES = ("1A", "2A", "2A", "3A", "3B", "3E", "4", "5B", "6", "6", "6", "8", "9")
_NEEDS = ("N1", "N1", "N1", "N2", "N3", "N4", "N5", "N5", "N6", "N8")
_CATEGORIES = ("NEG", "NEG", "EMO", "EMO", "PHY", "SAB", "MUL")
_LEGAL = ("C1", "C2", "C2", "V2", "V2", "E1")
_HEALTH_FACTORS = ("1B", "2B", "4A", "4B", "4B", "1A", "2A")
_OTHER_FACTORS = ("5A", "6A", "7A", "14A", "15A", "16A", "17A", "11A", "24A", "10A")


def care_for(family: Family, life: Life, fate: Fate) -> None:
    """Add the cases of the family's children, and move those who were taken into care."""
    rng, as_of = fate.rng, fate.as_of
    if not family.children or not fate.happens(fate.rates.referral):
        return
    referred = as_of - timedelta(days=3 + int(2000 * rng.random() ** 1.6))
    severity = rng.random() * 0.75 + family.need * 0.6
    template = _course(family, life, referred, severity=severity, fate=fate)
    for child in family.children:
        if child.age(referred) < 18 and (len(family.children) == 1 or rng.random() < 0.85):
            case = _of(template, child)
            life.cases.append(case)
            if case.plan_from and rng.random() < 0.35 and child.age(as_of) < 18:
                _take_into_care(case, family, life, fate)


def _course(family: Family, life: Life, referred: date, *, severity: float, fate: Fate) -> Case:
    """Return what came of a referral, for the family as a whole."""
    rng, as_of = fate.rng, fate.as_of
    case = Case(
        family.children[0], referred, rng.choice(_SOURCES), rng.choice(_NEEDS),
        rng.randrange(len(places().workers)),
    )  # fmt: skip
    if severity < 0.22:  # no further action
        case.closed, case.reason = min(referred + timedelta(days=7), as_of), "RC8"
        return case
    case.assessed = _until(referred + timedelta(days=rng.randint(1, 10)), as_of)
    case.authorised = _until(referred + timedelta(days=rng.randint(20, 60)), as_of)
    case.factors = _factors(life, fate)
    if severity < 0.45 or case.authorised is None:  # closed after assessment
        case.closed = case.authorised
        case.reason = rng.choice(("RC8", "RC9")) if case.closed else ""
        return case
    _plan(case, severity=severity, fate=fate)
    return case


def _plan(case: Case, *, severity: float, fate: Fate) -> None:
    rng, as_of = fate.rng, fate.as_of
    start = case.authorised or as_of
    case.in_need_from = start
    end = start + timedelta(days=int(rng.expovariate(1 / 380)) + 40)
    if severity > 0.62:  # significant harm is suspected
        case.enquiry = start
    if severity > 0.7:  # a conference decided on a plan
        case.plan_from = _until(start + timedelta(days=15), as_of)
        case.category = rng.choice(_CATEGORIES)
        plan_end = start + timedelta(days=rng.randint(120, 600))
        case.plan_to = _until(plan_end, as_of)
        end = max(end, plan_end + timedelta(days=60))
    case.in_need_to = case.closed = _until(end, as_of)
    case.reason = "RC7" if case.closed else ""


def _until(day: date, as_of: date) -> date | None:
    return day if day <= as_of else None


def _factors(life: Life, fate: Fate) -> tuple[str, ...]:
    found = set()
    if any(incident.domestic for incident in life.incidents):
        found.add("3B")
    if fate.happens(fate.rates.health_factor):
        found.add(fate.rng.choice(_HEALTH_FACTORS))
    for _ in range(fate.rng.choice((0, 1, 1, 2))):
        found.add(fate.rng.choice(_OTHER_FACTORS))
    return tuple(sorted(found or {"21"}))


def _of(template: Case, child: Person) -> Case:
    return Case(
        child, max(template.referred, child.born), template.source, template.need, template.worker,
        template.assessed, template.authorised, template.factors, template.enquiry,
        template.in_need_from, template.in_need_to, template.plan_from, template.plan_to,
        template.category, template.closed, template.reason,
    )  # fmt: skip


def _take_into_care(case: Case, family: Family, life: Life, fate: Fate) -> None:
    rng, as_of = fate.rng, fate.as_of
    child = case.child
    start = max((case.plan_from or as_of) + timedelta(days=rng.randint(20, 200)), child.born)
    if start >= as_of:
        return
    lasted = start + timedelta(days=int(rng.expovariate(1 / 900)) + 30)
    end = _until(lasted, as_of)
    old = child.home(start)
    place, home = _placement(child, family, rng)
    case.care = Care(start, end, rng.choice(_LEGAL), place, old.postcode, home.postcode)
    case.care.substance_misuse = child.age(as_of) > 12 and rng.random() < 0.12
    case.care.difficulties = min(int(rng.triangular(2, 34, 14)), 40)
    case.care.convicted = any(o.person is child and o.proven > start for o in life.offences)
    child.move(home, start)
    if end:
        child.move(family.carers[0].home(end), end)
    elif child.age(as_of) > 12 and rng.random() < 0.25:  # teenagers go missing
        day = max(start, as_of - timedelta(days=rng.randint(5, 300)))
        life.missing.append(
            Missing(child, day, min(day + timedelta(days=2), as_of), from_care=True)
        )


def _placement(child: Person, family: Family, rng: Random) -> tuple[str, Home]:
    if child.mother and child.age(child.stays[-1].start) > 10 and rng.random() < 0.3:
        return "K2", rng.choice(communal("childrens_home"))
    carers = dwelling(SLOTS * family.number + 4)
    return rng.choice(("U6", "U4", "U5")), replace(carers, kind="foster")
