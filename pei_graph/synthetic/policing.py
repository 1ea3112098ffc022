"""Lives as the police and youth offending service meet them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from pei_graph.synthetic.lives import Antisocial, Incident, Life, Missing, Offence, Release
from pei_graph.synthetic.people import Family, Person

_WINDOW = 5 * 365
_OFFENCES = ("Theft", "Criminal damage", "Common assault", "Possession of cannabis", "Affray",
             "Handling stolen goods", "Vehicle taking")  # fmt: skip
_YOUTH_OUTCOMES = ("Youth caution", "Referral order", "Youth rehabilitation order", "Not proven")
_ADULT_OUTCOMES = ("Charged", "Convicted", "Convicted", "Caution", "No further action")
_VICTIM_OF = ("Burglary", "Theft", "Vehicle crime", "Assault", "Harassment")


def police(family: Family, life: Life, *, rng: Random, as_of: date) -> None:
    """Add the family's incidents, missing episodes, offences and what courts ordered."""
    life.incidents.extend(_incidents(family, rng, as_of))
    for child in family.children:
        if child.age(as_of) in range(11, 19):
            life.missing.extend(_missing(child, family, rng, as_of))
            life.offences.extend(_youth_offences(child, family, rng, as_of))
    for person in _grown(family, as_of):
        _grown_life(person, family, life, rng=rng, as_of=as_of)


def _grown(family: Family, as_of: date) -> list[Person]:
    return [p for p in family.people if p.adult and p.age(as_of) >= 18]


def _day(rng: Random, as_of: date, window: int = _WINDOW) -> date:
    return as_of - timedelta(days=1 + int(window * rng.random() ** 1.4))


def _incidents(family: Family, rng: Random, as_of: date) -> Iterator[Incident]:
    number = family.number * 64
    for on in sorted(_day(rng, as_of) for _ in range(_count(rng, 0.02 + family.need * 0.9))):
        parts = tuple(_domestic_parts(family, on, rng))
        if parts:
            number += 1
            yield Incident(number, on, "Domestic abuse", domestic=True, parts=parts)
    for on in sorted(_day(rng, as_of) for _ in range(_count(rng, 0.3 + family.need * 1.2))):
        number += 1
        yield _other_incident(family, number, on, rng)


def _count(rng: Random, mean: float) -> int:
    """Return a count of happenings with a long tail (geometric)."""
    count = 0
    while rng.random() < mean / (1 + mean) and count < 12:  # id space per family
        count += 1
    return count


def _domestic_parts(family: Family, on: date, rng: Random) -> Iterator[tuple[Person, str]]:
    others = [p for p in (family.absent_parent, *family.carers[1:]) if p]
    if not others:
        return
    pair = [family.carers[0], rng.choice(others)]
    if rng.random() < 0.12:  # the other partner was the victim
        pair.reverse()
    yield pair[0], "victim"
    yield pair[1], "suspect"
    for child in family.children:
        if child.born < on and child.age(on) < 18 and rng.random() < 0.5:
            yield child, "child present"


def _other_incident(family: Family, number: int, on: date, rng: Random) -> Incident:
    known = [p for p in family.people if p.born < on and p.age(on) >= 10]
    person = rng.choice(known) if known else family.carers[0]
    if person.outsider or rng.random() < family.need * 1.5:
        return Incident(number, on, rng.choice(_OFFENCES), domestic=False,
                        parts=((person, "suspect"),))  # fmt: skip
    part = rng.choice(("victim", "victim", "witness", "caller"))
    return Incident(number, on, rng.choice(_VICTIM_OF), domestic=False, parts=((person, part),))


def _missing(child: Person, family: Family, rng: Random, as_of: date) -> Iterator[Missing]:
    for _ in range(_count(rng, 0.02 + family.need * 0.5)):
        start = _day(rng, as_of, 900)
        if child.age(start) >= 10:  # younger children seldom go missing
            yield Missing(child, start, min(start + timedelta(days=rng.choice((0, 1, 1, 2, 5))),
                                            as_of), from_care=False)  # fmt: skip


def _youth_offences(child: Person, family: Family, rng: Random, as_of: date) -> Iterator[Offence]:
    for _ in range(_count(rng, 0.015 + family.need**1.5)):
        on = _day(rng, as_of, 1100)
        if 10 <= child.age(on) <= 17:  # age of criminal responsibility to adulthood
            yield _offence(child, on, rng.choice(_YOUTH_OUTCOMES), rng=rng, as_of=as_of)


def _offence(person: Person, on: date, outcome: str, *, rng: Random, as_of: date) -> Offence:
    proven = min(on + timedelta(days=rng.randint(10, 150)), as_of)
    offence = Offence(person, on, proven, rng.choice(_OFFENCES), outcome)
    if "order" in outcome or (outcome == "Convicted" and rng.random() < 0.4):
        return replace(offence, order_to=proven + timedelta(days=rng.choice((180, 365, 540))))
    if not person.adult and offence.is_proven:
        return replace(offence, order_to=proven + timedelta(days=90))
    return offence


def _grown_life(person: Person, family: Family, life: Life, *, rng: Random, as_of: date) -> None:
    """Add an adult's or older child's offences, anti-social behaviour and prison release."""
    need = max(family.need, 0.5 if person.outsider else 0.0)
    for _ in range(_count(rng, 0.015 + need * 0.35)):
        life.offences.append(
            _offence(person, _day(rng, as_of), rng.choice(_ADULT_OUTCOMES), rng=rng, as_of=as_of)
        )
    if rng.random() < need * 0.12:
        kind = rng.choice(
            ("Acceptable behaviour contract", "Community protection warning", "Noise notice")
        )
        life.antisocial.append(Antisocial(person, _day(rng, as_of, 1000), kind))
    if rng.random() < need * 0.04:
        life.releases.append(Release(person, as_of + timedelta(days=rng.randint(10, 900))))
