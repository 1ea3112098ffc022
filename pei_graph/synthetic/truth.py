"""The truth beside a generated council: who lives with whom, born when, with which problems.

The problems are those of the 2015-2020 programme, as of the reference date, found from lives and
not from what any system holds of them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from pei_graph.synthetic.books import Books
from pei_graph.synthetic.lives import Case, Life, Schooling
from pei_graph.synthetic.living import OUT_OF_WORK
from pei_graph.synthetic.people import Family, Person
from pei_graph.synthetic.schooling import RETURNS, attended
from pei_graph.synthetic.views.desk import YEAR_END

Problem = tuple[Person, str]
_HEALTH = frozenset({"1A", "1B", "1C", "2A", "2B", "2C", "4A", "4B", "4C"})
_ABUSE = frozenset({"3A", "3B", "3C"})
_AREAS = (
    "crime_and_asb", "school", "children_who_need_help", "work_and_money", "domestic_abuse",
    "health",
)  # fmt: skip
"""In the programme's order."""
_SUSPENSIONS = 3
_DEPENDENT = 18
"""Years under which a child's family counts a problem of a parent who lives elsewhere."""
_ABSENT = 0.9


def write(family: Family, life: Life, books: Books, *, as_of: date) -> None:
    """Write those whom any system has recorded, their current households and their problems.

    A household is everyone whose present home is one dwelling; those in communal homes have none.
    """
    recorded = books.forget()
    births = _births_of_many(family)
    for person in family.people:
        if person.id in recorded:
            known = (person.sex, person.born.isoformat(), person.tradition.name)
            books.file("people")((person.id, *known, births.get(person, "")))
    households = {
        person: f"F{home.number}"
        for person in family.people
        if person.id in recorded and (home := person.home(as_of)).kind == "dwelling"
    }
    for person, household in households.items():
        books.file("families")((person.id, household))
    problems = {(p, area) for p, area in found(family, life, as_of=as_of) if p.id in recorded}
    met = {("person", person.id, area) for person, area in problems}
    met |= {("family", households[p], area) for p, area in problems if p in households}
    met |= set(_brought_in(problems, households, as_of=as_of))
    for row in sorted(met):
        books.file("criteria")((*row, "met"))


def _births_of_many(family: Family) -> dict[Person, str]:
    """Return the birth that each twin shares with the others born of one mother on one day."""
    births = Counter((child.mother, child.born) for child in family.children)
    first = {(child.mother, child.born): child for child in reversed(family.children)}
    return {
        child: f"B{first[child.mother, child.born].serial:07d}"
        for child in family.children
        if births[child.mother, child.born] > 1
    }


def _brought_in(
    problems: set[Problem], households: Mapping[Person, str], *, as_of: date
) -> Iterator[tuple[str, str, str]]:
    """Yield the one problem that parents who live elsewhere bring to each household with children.

    It is the first, in the programme's order, that the household does not have itself.
    """
    for household in set(households.values()):
        own = {area for person, area in problems if households.get(person) == household}
        parents = {
            parent
            for child, home in households.items()
            if home == household and child.age(as_of) < _DEPENDENT
            for parent in (child.mother, child.father)
            if parent and households.get(parent) != household
        }
        if brought := {area for person, area in problems if person in parents} - own:
            yield "family", household, min(brought, key=_AREAS.index)


def found(family: Family, life: Life, *, as_of: date) -> Iterator[Problem]:
    """Yield each person's problems, by area."""
    year = _months_before(as_of, 12)
    yield from _crime(family, life, as_of, year)
    yield from _school(life, as_of)
    yield from _help(family, life, as_of, year)
    yield from _work(family, life, as_of, year)
    yield from _abuse(life, year)
    yield from _health(family, life, year)


def _months_before(day: date, months: int) -> date:
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, min(day.day, 28 if month == 1 else 30))


def _crime(family: Family, life: Life, as_of: date, year: date) -> Iterator[Problem]:
    area = "crime_and_asb"
    parents = [*family.carers, family.absent_parent] if family.children else []
    for offence in life.offences:
        ordered = offence.order_to is not None and offence.order_to > as_of
        counts = not offence.person.adult or offence.person in parents
        if (offence.is_proven and offence.proven > year) or (ordered and counts):
            yield offence.person, area
    yield from ((entry.person, area) for entry in life.antisocial if entry.on > year)
    ahead = _months_before(as_of, -12)
    yield from ((release.person, area) for release in life.releases if release.due <= ahead)


def _school(life: Life, as_of: date) -> Iterator[Problem]:
    for child, schooling in life.schooling.items():
        if _has_school_problem(child, schooling, as_of):
            yield child, "school"


def _has_school_problem(child: Person, schooling: Schooling, as_of: date) -> bool:
    last = schooling.terms[-RETURNS:]
    share = attended(last)
    recent = [e for e in schooling.exclusions if e.on > _months_before(as_of, 12)]
    return (
        (len(last) == RETURNS and share is not None and share < _ABSENT)
        or sum(e.category == "SUSP" for e in recent) >= _SUSPENSIONS
        or any(e.category == "PERM" for e in recent)
        or (schooling.status == "CME" and 5 <= child.age(as_of) < 16)  # compulsory school age
    )


def _help(family: Family, life: Life, as_of: date, year: date) -> Iterator[Problem]:
    area = "children_who_need_help"
    for case in life.cases:
        if _needs_help(case, year):
            yield case.child, area
    for episode in life.early_help:
        if episode.end is None or (episode.assessed and episode.assessed > year):
            yield from ((member, area) for member in (*family.carers, *family.children))
    yield from ((missing.child, area) for missing in life.missing if missing.start > year)
    for offer in life.registrations:
        if offer.entitlement == "not taken up" and offer.child.age(as_of) < 5:  # school age
            yield offer.child, area


def _needs_help(case: Case, year: date) -> bool:
    exploited = case.authorised is not None and case.authorised > year and (
        {"10A", "11A", "12A", "13A", "24A"} & set(case.factors)
    )  # fmt: skip
    return bool(
        (case.in_need_from and not case.in_need_to)
        or (case.plan_from and not case.plan_to)
        or (case.care and case.care.end is None)
        or (case.enquiry and case.enquiry > year)
        or exploited
    )


def _work(family: Family, life: Life, as_of: date, year: date) -> Iterator[Problem]:
    area = "work_and_money"
    for benefit in life.benefits:
        if benefit.kind in OUT_OF_WORK and benefit.end is None:
            yield benefit.person, area
    for child, schooling in life.schooling.items():
        if schooling.neet_from and schooling.neet_from <= as_of:
            yield child, area
    for episode in life.early_help:
        if episode.need == "Debt" and (episode.end is None or episode.start > year):
            yield from ((carer, area) for carer in family.carers)
    if life.programme and life.programme.debt:
        yield from ((carer, area) for carer in family.carers)


def _abuse(life: Life, year: date) -> Iterator[Problem]:
    area = "domestic_abuse"
    for incident in life.incidents:
        if incident.domestic and incident.on > year:
            yield from ((person, area) for person, _ in incident.parts)
    yield from ((case.child, area) for case in life.cases if _found(case, _ABUSE, year))


def _found(case: Case, factors: frozenset[str], year: date) -> bool:
    return bool(case.authorised and case.authorised > year and factors & set(case.factors))


def _health(family: Family, life: Life, year: date) -> Iterator[Problem]:
    area = "health"
    yield from ((case.child, area) for case in life.cases if _found(case, _HEALTH, year))
    for episode in life.early_help:
        if episode.end is None or episode.start > year:
            if episode.need in {"Parental mental health", "Substance misuse"}:
                yield from ((carer, area) for carer in family.carers)
            if episode.need == "Child mental health":
                yield from ((child, area) for child in family.children)
    yield from (
        (case.child, area)
        for case in life.cases
        if case.care and case.care.lasted_a_year(YEAR_END) and case.care.harms_health
    )
    two_years = _months_before(year, 12)
    for registration in life.registrations:
        if registration.new_mother and registration.on > two_years:
            yield registration.carer, area
