"""How a system's clerk writes a person down: the truth in, what stands in the system out."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from pei_graph.synthetic.lists import places
from pei_graph.synthetic.people import Home, Person
from pei_graph.synthetic.settings import Faults

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LOOK_ALIKE = {"a": "e", "e": "a", "i": "y", "y": "i", "m": "n", "n": "m", "s": "z", "c": "k",
               "k": "c", "o": "u", "u": "o", "v": "w", "f": "ph", "l": "ll", "t": "tt"}  # fmt: skip
_PLACEHOLDERS = (date(1900, 1, 1), date(1901, 1, 1), date(1970, 1, 1))
_UNKNOWN_FORENAMES = ("", "Unknown", "FNU")


@dataclass(slots=True)
class Seen:
    """A person as one system holds them; empty text and ``None`` mean nothing is held."""

    forename: str
    middle: str
    surname: str
    known_as: str
    former: str
    born: date | None
    sex: str
    line: str = ""
    postcode: str = ""
    uprn: str = ""
    ethnicity: str = ""

    def upper(self) -> "Seen":
        """Return the same, its names and address in capitals."""
        return replace(
            self, forename=self.forename.upper(), middle=self.middle.upper(),
            surname=self.surname.upper(), known_as=self.known_as.upper(),
            former=self.former.upper(), line=self.line.upper(),
        )  # fmt: skip


class Clerk:
    """Writes people down for one system, with its faults."""

    def __init__(self, faults: Faults, rng: Random) -> None:
        self.faults, self.rng = faults, rng

    def errs(self, rate: float) -> bool:
        """Return whether this time the clerk makes a fault of that rate."""
        return self.rng.random() < rate

    def see(self, person: Person, on: date) -> Seen:
        """Return the person as written on a day, with the home of the time or one before."""
        faults = self.faults
        forename = self._forename(person)
        surname = self._surname(person, on)
        if self.errs(faults.swapped_names + person.tradition.family_first / 4):
            forename, surname = surname, forename
        seen = Seen(
            forename, person.middle, surname,
            "" if forename == person.known_as else person.known_as,
            person.former_surname, self._born(person.born), self._sex(person.sex),
            ethnicity=person.ethnicity,
        )  # fmt: skip
        home = person.home_before(on) if self.errs(faults.old_address) else person.home(on)
        self.write_home(seen, home)
        return seen.upper() if self.errs(faults.upper) else seen

    def write_home(self, seen: Seen, home: Home) -> None:
        """Write a home's address into what is seen, or leave it out."""
        faults = self.faults
        if self.errs(faults.no_address):
            return
        seen.line = self._line(home.line) if self.errs(faults.street_variant) else home.line
        seen.postcode = "" if self.errs(faults.no_postcode) else home.postcode
        seen.uprn = "" if self.errs(faults.no_uprn) else home.uprn

    def identifier(self, value: str | None) -> str:
        """Return an identifier as held: right, missing, or with one digit mistyped."""
        if value is None or self.errs(self.faults.no_identifier):
            return ""
        if not self.errs(self.faults.wrong_identifier):
            return value
        at = self.rng.choice([at for at, sign in enumerate(value) if sign.isdigit()])
        return f"{value[:at]}{(int(value[at]) + self.rng.randint(1, 9)) % 10}{value[at + 1 :]}"

    # names

    def _forename(self, person: Person) -> str:
        faults, tradition = self.faults, person.tradition
        if self.errs(faults.no_forename):
            return self.rng.choice(_UNKNOWN_FORENAMES)
        name = person.forename
        if person.known_as and self.errs(faults.known_as):
            name = person.known_as
        elif name in tradition.nicknames and self.errs(faults.nickname):
            name = self.rng.choice(tradition.nicknames[name])
        elif name in tradition.variants and self.errs(faults.spelling):
            name = self.rng.choice(tradition.variants[name])
        if self.errs(faults.initial_only):
            return name[:1]
        return self.typo(name) if self.errs(faults.typo) else name

    def _surname(self, person: Person, on: date) -> str:
        faults, tradition, name = self.faults, person.tradition, person.surname
        if not name:
            return self.rng.choice(("", "", person.forename))
        changed = person.surname_changed
        if person.former_surname and ((changed and on < changed) or self.errs(faults.former_name)):
            name = person.former_surname
        parts = name.replace("-", " ").split()
        if (
            len(parts) > 1 and len(parts[0]) > 2 and self.errs(faults.half_surname)
        ):  # Al- and El- are no halves
            name = self.rng.choice(parts)
        if name in tradition.variants and self.errs(faults.spelling):
            name = self.rng.choice(tradition.variants[name])
        return self.typo(name) if self.errs(faults.typo) else name

    def typo(self, text: str) -> str:
        """Return a text with one slip: a letter lost, doubled, swapped, mistaken or misheard."""
        if len(text) < 3:  # nothing recognisable would be left
            return text
        at = self.rng.randrange(1, len(text))
        letter = text[at]
        match self.rng.randrange(5):
            case 0:
                return text[:at] + text[at + 1 :]
            case 1:
                return text[:at] + letter + text[at:]
            case 2:
                return text[: at - 1] + letter + text[at - 1] + text[at + 1 :]
            case 3:
                return text[:at] + self.rng.choice(_LETTERS) + text[at + 1 :]
        return text[:at] + _LOOK_ALIKE.get(letter, letter) + text[at + 1 :]

    # date, sex and address

    def _born(self, born: date) -> date | None:
        faults = self.faults
        if self.errs(faults.no_birth_date):
            return None
        if self.errs(faults.placeholder_date):
            return self.rng.choice((*_PLACEHOLDERS, born.replace(month=1, day=1)))
        if self.errs(faults.swapped_date) and born.day <= 12:  # months
            return born.replace(month=born.day, day=born.month)
        return self._misread(born) if self.errs(faults.wrong_date) else born

    def _misread(self, born: date) -> date:
        match self.rng.randrange(3):
            case 0:
                return born.replace(day=born.day % 28 + 1)
            case 1:
                return born.replace(day=min(born.day, 28), month=born.month % 12 + 1)
        return born.replace(day=min(born.day, 28), year=born.year + self.rng.choice((-10, -1, 1)))

    def _sex(self, sex: str) -> str:
        if self.errs(self.faults.no_sex):
            return ""
        return ("M" if sex == "F" else "F") if self.errs(self.faults.wrong_sex) else sex

    def _line(self, line: str) -> str:
        street, _, town = line.rpartition(", ")
        match self.rng.randrange(5):
            case 0 | 1:
                kind = street.rsplit(" ", 1)[-1]
                short = places().street_short.get(kind, kind)
                return f"{street.removesuffix(kind)}{short}, {town}"
            case 2:
                return street
            case 3:
                return f"{street} {town}"
        return f"{self.typo(street)}, {town}"
