"""A held-out council: other people, layouts and errors than the product's own generator has.

It shares no code, no name list and no file layout with ``pei_graph.synthetic``, and nothing was
tuned on it: it shows whether what works on the one council works on another. Forenames are those of
a published list of nicknames, surnames are put together from syllables, and errors are those of
optical reading and of hasty copying.

    python benchmarks/held_out.py FOLDER --families 7000 --seed 5
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from held_out_views import write
from nicknames import NickNamer

TODAY = date(2026, 6, 30)
ONSETS = (
    "b",
    "br",
    "c",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "st",
    "t",
)
VOWELS = ("a", "e", "i", "o", "u", "ai", "ee", "oa")
ENDINGS = (
    "rd",
    "nt",
    "ck",
    "ll",
    "mley",
    "nsen",
    "rov",
    "sky",
    "tti",
    "wala",
    "zadeh",
    "nko",
    "gham",
)
STREETS = (
    "Mill",
    "Station",
    "Quarry",
    "Harbour",
    "Orchard",
    "Chapel",
    "Beacon",
    "Foundry",
    "Canal",
)
KINDS = ("Road", "Street", "Lane", "Avenue", "Court", "Drive")


@dataclass(slots=True)
class Human:
    """Somebody who exists."""

    number: int
    family: int
    forename: str
    middle: str
    surname: str
    born: date
    sex: str
    nhs: str
    former: str = ""

    @property
    def age(self) -> int:
        """Return whole years on the day of the deliveries."""
        return (TODAY - self.born).days // 365


@dataclass(slots=True)
class Home:
    """A family's home, and the one it left."""

    line: str
    postcode: str
    old_line: str
    old_postcode: str


@dataclass(slots=True)
class Family:
    """People of one home: adults first."""

    number: int
    home: Home
    adults: list[Human] = field(default_factory=list)
    children: list[Human] = field(default_factory=list)

    @property
    def members(self) -> list[Human]:
        """Return everybody."""
        return [*self.adults, *self.children]


@cache
def forenames() -> tuple[tuple[str, str], ...]:
    """Return forenames of the published list, each with a sex, those with most nicknames first."""
    lists = NickNamer().nickname_lookup
    known = sorted(lists, key=lambda name: (-len(lists[name]), name))
    return tuple((name, "FM"[sum(map(ord, name)) % 2]) for name in known if len(name) > 2)


@cache
def surnames() -> tuple[str, ...]:
    """Return surnames that no list has."""
    shuffled = random.Random(77)
    made = {
        (shuffled.choice(ONSETS) + shuffled.choice(VOWELS) + shuffled.choice(ENDINGS)).title()
        for _ in range(2600)
    }
    return tuple(sorted(made, key=lambda name: (sum(map(ord, name)) * 7919 % 2609, name)))


def _commonly(rng: random.Random, of: Sequence[Any]) -> Any:
    """Return one of a list whose first are much commoner than its last."""
    return of[min(int(len(of) * rng.random() ** 2.5), len(of) - 1)]


def _nhs(rng: random.Random) -> str:
    """Return a number with a valid check digit."""
    while True:
        digits = [rng.randrange(10) for _ in range(9)]
        check = 11 - sum(digit * (10 - at) for at, digit in enumerate(digits)) % 11
        if check != 10:
            return "".join(map(str, [*digits, check % 11]))


def _address(rng: random.Random) -> tuple[str, str]:
    street = rng.randrange(900)
    name = f"{STREETS[street % 9]} {KINDS[street // 9 % 6]}"
    postcode = (
        f"QX{street % 40 + 10} {street // 40 % 9 + 1}{'ABDEFG'[street % 6]}{'HJLNPQ'[street % 5]}"
    )
    return f"{rng.randrange(1, 140)} {name}", postcode


def families(number: int, seed: int) -> Iterator[Family]:
    """Yield invented families."""
    rng = random.Random(seed)
    people = iter(range(number * 12))
    for at in range(number):
        home, left = _address(rng), _address(rng)
        family = Family(at, Home(*home, *left))
        surname = _commonly(rng, surnames())
        for adult in range(1 if rng.random() < 0.35 else 2):
            own = _commonly(rng, surnames()) if adult and rng.random() < 0.35 else surname
            born = TODAY - timedelta(days=rng.randrange(19 * 365, 56 * 365))
            family.adults.append(_human(rng, next(people), at, surname=own, born=born))
        _add_children(rng, family, people, surname=surname)
        yield family


def _add_children(
    rng: random.Random, family: Family, people: Iterator[int], *, surname: str
) -> None:
    youngest = min(human.age for human in family.adults)
    for _ in range(rng.choice((0, 1, 1, 2, 2, 3, 4))):
        age = rng.randrange(0, max(1, min(17, youngest - 17)) * 365)
        born = TODAY - timedelta(days=age + 1)
        for _ in range(2 if rng.random() < 0.03 else 1):
            child = _human(rng, next(people), family.number, surname=surname, born=born)
            while child.forename in {other.forename for other in family.children}:
                child.forename, child.sex = _commonly(rng, forenames())
            if rng.random() < 0.03:
                child.forename, child.sex = family.adults[0].forename, family.adults[0].sex
            family.children.append(child)


def _human(rng: random.Random, number: int, family: int, *, surname: str, born: date) -> Human:
    forename, sex = _commonly(rng, forenames())
    former = (
        _commonly(rng, surnames()) if sex == "F" and born.year < 2005 and rng.random() < 0.3 else ""
    )
    middle = _commonly(rng, forenames())[0]
    return Human(number, family, forename, middle, surname, born, sex, _nhs(rng), former)


def main() -> None:
    """The deliveries and the truth stand in the folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--families", type=int, default=7000)
    parser.add_argument("--seed", type=int, default=5)
    chosen = parser.parse_args()
    write(families(chosen.families, chosen.seed), chosen.folder, seed=chosen.seed)


if __name__ == "__main__":
    main()
