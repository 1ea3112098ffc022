"""Lives as the police and youth offending service meet them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from pei_graph.synthetic.fate import Fate
from pei_graph.synthetic.lives import Antisocial, Incident, Life, Missing, Offence, Release
from pei_graph.synthetic.people import Family, Person

_WINDOW = 5 * 365
_OFFENCES = ("Theft", "Criminal damage", "Common assault", "Possession of cannabis", "Affray",
             "Handling stolen goods", "Vehicle taking")  # fmt: skip
_YOUTH_OUTCOMES = ("Youth caution", "Referral order", "Youth rehabilitation order", "Not proven")
_ADULT_OUTCOMES = ("Charged", "Convicted", "Convicted", "Caution", "No further action")
_ANTISOCIAL = ("Acceptable behaviour contract", "Community protection warning", "Noise notice")
_OUTSIDERS_NEED = 0.5
"""People from elsewhere whom the police know are known for a reason."""
_VICTIM_OF = ("Burglary", "Theft", "Vehicle crime", "Assault", "Harassment")


def police(family: Family, life: Life, fate: Fate) -> None:
    """Add the family's incidents, missing episodes, offences and what courts ordered."""
    life.incidents.extend(_incidents(family, fate))
    for child in family.children:
        if child.age(fate.as_of) in range(11, 19):
            life.missing.extend(_missing(child, fate))
            life.offences.extend(_youth_offences(child, fate))
    for person in _grown(family, fate.as_of):
        _grown_life(person, life, fate)


def _grown(family: Family, as_of: date) -> list[Person]:
    return [p for p in family.people if p.adult and p.age(as_of) >= 18]


def _incidents(family: Family, fate: Fate) -> Iterator[Incident]:
    number = family.number * 64
    for on in sorted(fate.ago(_WINDOW) for _ in range(fate.count(fate.rates.domestic_incident))):
        parts = tuple(_domestic_parts(family, on, fate.rng))
        if parts:
            number += 1
            yield Incident(number, on, "Domestic abuse", domestic=True, parts=parts)
    for on in sorted(fate.ago(_WINDOW) for _ in range(fate.count(fate.rates.other_incident))):
        number += 1
        yield _other_incident(family, number, on, fate)


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


def _other_incident(family: Family, number: int, on: date, fate: Fate) -> Incident:
    rng = fate.rng
    known = [p for p in family.people if p.born < on and p.age(on) >= 10]
    person = rng.choice(known) if known else family.carers[0]
    if person.outsider or fate.happens(fate.rates.suspected):
        return Incident(number, on, rng.choice(_OFFENCES), domestic=False,
                        parts=((person, "suspect"),))  # fmt: skip
    part = rng.choice(("victim", "victim", "witness", "caller"))
    return Incident(number, on, rng.choice(_VICTIM_OF), domestic=False, parts=((person, part),))


def _missing(child: Person, fate: Fate) -> Iterator[Missing]:
    for _ in range(fate.count(fate.rates.missing_episode)):
        start = fate.ago(900)
        if child.age(start) >= 10:  # younger children seldom go missing
            end = start + timedelta(days=fate.rng.choice((0, 1, 1, 2, 5)))
            yield Missing(child, start, min(end, fate.as_of), from_care=False)


def _youth_offences(child: Person, fate: Fate) -> Iterator[Offence]:
    for _ in range(fate.count(fate.rates.youth_offence)):
        on = fate.ago(1100)
        if 10 <= child.age(on) <= 17:  # age of criminal responsibility to adulthood
            yield _offence(child, on, fate.rng.choice(_YOUTH_OUTCOMES), fate=fate)


def _offence(person: Person, on: date, outcome: str, *, fate: Fate) -> Offence:
    rng = fate.rng
    proven = min(on + timedelta(days=rng.randint(10, 150)), fate.as_of)
    offence = Offence(person, on, proven, rng.choice(_OFFENCES), outcome)
    if "order" in outcome or (outcome == "Convicted" and rng.random() < 0.4):
        return replace(offence, order_to=proven + timedelta(days=rng.choice((180, 365, 540))))
    if not person.adult and offence.is_proven:
        return replace(offence, order_to=proven + timedelta(days=90))
    return offence


def _grown_life(person: Person, life: Life, fate: Fate) -> None:
    """Add an adult's offences, anti-social behaviour and prison release."""
    rng, rates = fate.rng, fate.rates
    if person.outsider:
        fate = replace(fate, need=max(fate.need, _OUTSIDERS_NEED))
    for _ in range(fate.count(rates.adult_offence)):
        outcome = rng.choice(_ADULT_OUTCOMES)
        life.offences.append(_offence(person, fate.ago(_WINDOW), outcome, fate=fate))
    if fate.happens(rates.antisocial):
        life.antisocial.append(Antisocial(person, fate.ago(1000), rng.choice(_ANTISOCIAL)))
    if fate.happens(rates.prison):
        life.releases.append(Release(person, fate.as_of + timedelta(days=rng.randint(10, 900))))
