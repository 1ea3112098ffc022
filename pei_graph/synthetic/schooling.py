"""School lives: roll, terms with attendance by national code, suspensions and exclusions."""

from datetime import date, timedelta
from functools import cache
from random import Random

from pei_graph.synthetic.fate import Fate
from pei_graph.synthetic.lists import places
from pei_graph.synthetic.lives import Attendance, Exclusion, Life, Schooling, Term
from pei_graph.synthetic.people import Family, Person

TERMS = 4
"""Terms held by the education system."""
RETURNS = 3
"""Terms that a programme looks back on, and that School Census returns cover."""
_CALENDAR = (
    ("autumn", (9, 1), (12, 31), 140),
    ("spring", (1, 1), (3, 31), 114),
    ("summer", (4, 1), (7, 31), 126),
)
"""Terms as returns count them: name, first and last day, half-day sessions."""
PRESENT = ("/", "\\", "L")
_REASONS = ("PP", "PA", "VP", "VA", "DB", "DM", "DA", "BU", "TH", "OW")
_YEAR_ENDS = (8, 31)
_FIRST_YEAR, _LAST_YEAR = 4, 15
_SUSPENDED_FROM = 8
_LEAVER_YEARS = (16, 17)


@cache
def terms(as_of: date, count: int = TERMS) -> tuple[Term, ...]:
    """Return the last ``count`` terms that ended before a day, oldest first."""
    found = [
        Term(name, year, date(year, *start), date(year, *end), sessions)
        for year in range(as_of.year - count, as_of.year + 1)
        for name, start, end, sessions in sorted(_CALENDAR, key=lambda term: term[1])
        if date(year, *end) < as_of
    ]
    return tuple(found[-count:])


def attend(family: Family, life: Life, fate: Fate) -> None:
    """Give every child of school age, and every recent leaver, a school life."""
    school = fate.rng.randrange(len(places().schools))
    for child in family.children:
        schooling = _place(child, school, fate)
        if schooling:
            life.schooling[child] = schooling
            _sit(child, schooling, fate)


def _place(child: Person, school: int, fate: Fate) -> Schooling | None:
    rng, as_of = fate.rng, fate.as_of
    began = as_of.year - ((as_of.month, as_of.day) <= _YEAR_ENDS)
    age = child.age(date(began, *_YEAR_ENDS))
    split = int(len(places().schools) * places().primary_schools)
    number = (
        school % split if age < 11 else split + school % (len(places().schools) - split)
    )  # secondary school from 11
    if rng.random() < 0.1:
        number = (number + 3) % len(places().schools)
    name = places().schools[number]
    entered = date(began - max(age - (4 if age < 11 else 11), 0), 9, 1)
    if _FIRST_YEAR <= age <= _LAST_YEAR:
        status = _status(fate)
        year_group = "R" if age == _FIRST_YEAR else str(age - 4)
        left = as_of - timedelta(days=rng.randint(70, 500)) if status == "CME" else None
        return Schooling(status, name, number, year_group, max(entered, child.born), left)
    if age in _LEAVER_YEARS:
        left = date(began - (age - _LAST_YEAR - 1), 7, 21)
        neet = left + timedelta(days=60) if fate.happens(fate.rates.neet) else None
        return Schooling("L", name, number, "11", date(left.year - 5, 9, 1), left, neet_from=neet)
    return None


def _status(fate: Fate) -> str:
    if fate.happens(fate.rates.home_educated):
        return "EHE"
    return "CME" if fate.happens(fate.rates.missing_education) else "C"


def _sit(child: Person, schooling: Schooling, fate: Fate) -> None:
    rng = fate.rng
    poor = fate.happens(fate.rates.poor_attendance)
    absence = rng.triangular(0.06, 0.32, 0.11) if poor else min(rng.expovariate(1 / 0.04), 0.09)
    drift = rng.gauss(0.01, 0.02) if poor else 0.0
    for at, term in enumerate(terms(fate.as_of)):
        here = schooling.left is None or term.end <= schooling.left
        if schooling.status != "EHE" and here and child.age(term.start) >= _FIRST_YEAR:
            missed = min(max(absence + drift * (at - 3) + rng.gauss(0, 0.012), 0.0), 0.9)
            schooling.terms.append(Attendance(term, _codes(term, missed, rng=rng, poor=poor)))
            schooling.exclusions.extend(_excluded(child, term, fate))
    _expel(schooling, rng, before=terms(fate.as_of)[-1].start)


def _expel(schooling: Schooling, rng: Random, *, before: date) -> None:
    """Half of those excluded for good have found no other school."""
    excluded = [e.on for e in schooling.exclusions if e.category == "PERM" and e.on < before]
    if excluded and schooling.status == "C" and rng.random() < 0.5:
        schooling.status, schooling.left = "CME", excluded[0]
        schooling.terms = [a for a in schooling.terms if a.term.end <= excluded[0]]
        schooling.exclusions = [e for e in schooling.exclusions if e.on <= excluded[0]]


def attended(terms_sat: list[Attendance]) -> float | None:
    """Return the share of possible sessions attended, or nothing where none was possible."""
    possible = sum(attendance.term.sessions for attendance in terms_sat)
    present = sum(
        sessions
        for attendance in terms_sat
        for code, sessions in attendance.codes.items()
        if code in PRESENT
    )
    return present / possible if possible else None


def _codes(term: Term, missed: float, *, rng: Random, poor: bool) -> dict[str, int]:
    """Return sessions by attendance code, which add up to the term's."""
    absent = round(term.sessions * missed)
    unauthorised = (
        int(absent * rng.uniform(0.3, 0.8)) if poor else int(absent * rng.uniform(0, 0.3))
    )
    holiday = min(unauthorised, 10) if rng.random() < 0.08 else 0
    medical = int((absent - unauthorised) * rng.uniform(0, 0.3))
    late = int((term.sessions - absent) * rng.uniform(0, 0.03))
    attended = term.sessions - absent - late
    counts = {
        "/": (attended + 1) // 2, "\\": attended // 2, "L": late,
        "I": absent - unauthorised - medical, "M": medical,
        "O": unauthorised - holiday, "G": holiday,
    }  # fmt: skip
    return {code: sessions for code, sessions in counts.items() if sessions}


def _excluded(child: Person, term: Term, fate: Fate) -> list[Exclusion]:
    rng = fate.rng
    rate = fate.rates.suspension.of(fate.need) * (child.age(term.start) >= _SUSPENDED_FROM)
    found: list[Exclusion] = []
    while rng.random() < rate and len(found) < 4:
        on = term.start + timedelta(days=rng.randrange((term.end - term.start).days))
        permanent = rng.random() < 0.03
        category = "PERM" if permanent else rng.choices(("SUSP", "LNCH"), weights=(12, 1))[0]
        found.append(Exclusion(on, category, rng.choice((2, 2, 4, 6, 10)), rng.choice(_REASONS)))
        rate = max(rate, 0.25)
    return found
