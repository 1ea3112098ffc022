"""What five systems of the held-out council hold of its people, each with its own faults.

In: families. Out: one CSV for each system, laid out as no packaged contract knows it, and the
truth.
"""

import csv
import random
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from nicknames import NickNamer

if TYPE_CHECKING:
    from held_out import Family, Human

Row = list[str]
Told = tuple[Row, "Human"]
"""A row of a file and whom it is about."""

SHAPES = (("rn", "m"), ("cl", "d"), ("i", "l"), ("o", "0"), ("vv", "w"), ("h", "b"), ("e", "c"))
"""What optical reading takes for what."""

HEADERS = {
    "held_tenancies": "Tenancy;Name;Born;Dwelling",
    "held_surgery": "Patient;NHS;Given;Family;Sex;DOB;House and street;Code",
    "held_nursery": "Place;Child;Child DOB;Sex;Carer;Carer DOB;Home;Home code",
    "held_academy": "Roll;Surname;First;Known as;Date of birth;Gender;Post code",
    "held_court": "Case;Defendant;Year;Last known address;Postcode",
}


class Clerk:
    """Somebody who writes down what people say, and slips now and then."""

    def __init__(self, rng: random.Random, *, care: float) -> None:
        """Slip less often the greater the ``care``; 1 is usual."""
        self.rng, self.care = rng, care
        self.nicknames = NickNamer()

    def slips(self, rate: float) -> bool:
        """Return whether this time something goes wrong that goes wrong at a rate."""
        return self.rng.random() < rate / self.care

    def misread(self, text: str) -> str:
        """Return a text with one mistake of optical reading or hasty copying, if one is made."""
        if not self.slips(0.035) or len(text) < 3:
            return text
        for seen, taken in self.rng.sample(SHAPES, 3):
            if seen in text[1:]:
                return text[0] + text[1:].replace(seen, taken, 1)
        at = self.rng.randrange(1, len(text) - 1)
        return self.rng.choice((text[:at] + text[at + 1 :], text[: at + 1] + text[at:]))

    def forename(self, human: "Human") -> str:
        """Return what the person is called here."""
        short = sorted(self.nicknames.nicknames_of(human.forename))
        if short and self.slips(0.09):
            return self.rng.choice(short)
        if self.slips(0.012):
            return human.middle
        return human.forename[0] if self.slips(0.012) else self.misread(human.forename)

    def surname(self, human: "Human") -> str:
        """Return the surname as known here."""
        return self.misread(human.former if human.former and self.slips(0.12) else human.surname)

    def born(self, human: "Human", form: str, *, given: float) -> str:
        """Return the date of birth as written here; empty where nobody asked."""
        born = human.born
        if self.rng.random() > given:
            return ""
        if self.slips(0.012) and born.day <= 12:
            born = date(born.year, born.day, born.month)
        elif self.slips(0.012):
            born += timedelta(days=self.rng.choice((-10, -1, 1, 10, 30)))
        elif self.slips(0.006):
            born = born.replace(year=born.year - 10, day=min(born.day, 28))
        elif self.slips(0.015):
            born = date(born.year, 1, 1)
        return born.strftime(form)

    def sex(self, human: "Human") -> str:
        """Return the sex as ticked here."""
        other = "M" if human.sex == "F" else "F"
        return other if self.slips(0.006) else human.sex

    def home(self, family: "Family", *, old: float) -> tuple[str, str]:
        """Return line and postcode of the home, or at a rate of the one before."""
        home = family.home
        line, postcode = home.line, home.postcode
        if self.rng.random() < old:
            line, postcode = home.old_line, home.old_postcode
        if self.slips(0.02):
            line = line.replace("Road", "Rd").replace("Street", "St").replace("Avenue", "Ave")
        return self.misread(line), "" if self.slips(0.04) else postcode


def _tenancies(clerk: Clerk, family: "Family") -> Iterator[Told]:
    if clerk.rng.random() < 0.7:
        for human in family.adults[: 1 + (clerk.rng.random() < 0.3)]:
            line, postcode = clerk.home(family, old=0.04)
            name = f"{clerk.surname(human)}, {clerk.forename(human)}"
            yield (
                [f"T{human.number}", name, clerk.born(human, "%d.%m.%Y", given=0.65),
                 f"{line}, {postcode}".strip(", ")],
                human,
            )  # fmt: skip


def _surgery(clerk: Clerk, family: "Family") -> Iterator[Told]:
    for human in family.members:
        if clerk.rng.random() < 0.75:
            nhs = human.nhs if clerk.rng.random() < 0.9 else ""
            if nhs and clerk.slips(0.01):
                nhs = nhs[:4] + str((int(nhs[4]) + 1) % 10) + nhs[5:]
            yield (
                [f"S{human.number * 7}", nhs, clerk.forename(human), clerk.surname(human),
                 clerk.sex(human), clerk.born(human, "%Y-%m-%d", given=0.99),
                 *clerk.home(family, old=0.12)],
                human,
            )  # fmt: skip


def _academy(clerk: Clerk, family: "Family") -> Iterator[Told]:
    for human in family.children:
        if 5 <= human.age <= 16 and clerk.rng.random() < 0.85:
            short = sorted(clerk.nicknames.nicknames_of(human.forename))
            known_as = clerk.rng.choice(short) if short and clerk.rng.random() < 0.1 else ""
            first = human.forename if known_as else clerk.forename(human)
            yield (
                [f"A{human.number * 3}", clerk.surname(human).upper(), first, known_as,
                 clerk.born(human, "%d/%m/%y", given=1.0), clerk.sex(human),
                 clerk.home(family, old=0.05)[1]],
                human,
            )  # fmt: skip


def _court(clerk: Clerk, family: "Family") -> Iterator[Told]:
    for human in family.members:
        if human.age >= 12 and clerk.rng.random() < 0.12:
            name = f"{clerk.forename(human)} {clerk.surname(human)}"
            form = "%Y" if clerk.rng.random() < 0.3 else "%d %b %Y"
            yield (
                [f"C{human.number}", name, clerk.born(human, form, given=0.9),
                 *clerk.home(family, old=0.3)],
                human,
            )  # fmt: skip


def _nursery(clerk: Clerk, family: "Family") -> Iterator[tuple[Row, "Human", "Human"]]:
    for child in family.children:
        if child.age < 8 and clerk.rng.random() < 0.6:
            carer = clerk.rng.choice(family.adults)
            line, postcode = clerk.home(family, old=0.08)
            yield (
                [f"N{child.number}", f"{clerk.forename(child)} {clerk.surname(child)}",
                 clerk.born(child, "%d-%m-%Y", given=0.97), clerk.sex(child),
                 f"{clerk.forename(carer)} {clerk.surname(carer)}",
                 clerk.born(carer, "%d-%m-%Y", given=0.4), line, postcode],
                child, carer,
            )  # fmt: skip


VIEWS: dict[str, tuple[float, Callable[[Clerk, "Family"], Iterator[Told]]]] = {
    "held_tenancies": (0.8, _tenancies),
    "held_surgery": (1.2, _surgery),
    "held_academy": (1.0, _academy),
    "held_court": (0.5, _court),
}
"""By source, how carefully it is kept, and what it holds of a family."""


def write(families: Iterable["Family"], folder: Path, *, seed: int) -> None:
    """The deliveries stand under ``sources`` and the truth under ``truth``."""
    council = list(families)
    truth: list[tuple[str, str, int]] = []
    rng = random.Random(seed + 1)
    for source, (care, view) in VIEWS.items():
        clerk = Clerk(rng, care=care)
        told = [each for family in council for each in view(clerk, family)]
        truth += [(source, row[0], human.number) for row, human in told]
        _file(folder, source, [row for row, _ in told])
    clerk = Clerk(rng, care=0.9)
    rows = [each for family in council for each in _nursery(clerk, family)]
    truth += [("held_nursery", row[0], child.number) for row, child, _ in rows]
    truth += [("held_nursery", f"{row[0]}/{row[4]}", carer.number) for row, _, carer in rows]
    _file(folder, "held_nursery", [row for row, _, _ in rows])
    _truth(folder, "persons", ("source", "key", "person"), truth)
    homes = [(human.number, family.number) for family in council for human in family.members]
    _truth(folder, "families", ("person", "family"), homes)


def _file(folder: Path, source: str, rows: list[Row]) -> None:
    place = folder / "sources"
    place.mkdir(parents=True, exist_ok=True)
    with (place / f"{source}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADERS[source].split(";"))
        writer.writerows(rows)


def _truth(
    folder: Path, name: str, header: tuple[str, ...], rows: Iterable[tuple[object, ...]]
) -> None:
    place = folder / "truth"
    place.mkdir(parents=True, exist_ok=True)
    with (place / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
