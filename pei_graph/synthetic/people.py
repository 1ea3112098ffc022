"""People, homes and families: what is true in the invented council, before any system errs."""

from dataclasses import dataclass, field
from datetime import date

from pei_graph.synthetic.lists import Tradition


@dataclass(frozen=True, slots=True)
class Home:
    """A place; a ``dwelling`` makes a family of those who live in it, a ``foster`` home none."""

    number: int
    line: str
    postcode: str
    uprn: str
    kind: str = "dwelling"


@dataclass(slots=True)
class Stay:
    """A person lived in a home between dates; ``end`` is empty while they do."""

    home: Home
    start: date
    end: date | None = None


@dataclass(slots=True, eq=False)
class Person:
    """One human being as they truly are on the reference date."""

    tradition: Tradition
    sex: str
    born: date
    forename: str
    surname: str
    middle: str = ""
    former_surname: str = ""
    surname_changed: date | None = None
    known_as: str = ""
    ethnicity: str = ""
    adult: bool = False
    serial: int = -1
    mother: "Person | None" = None
    father: "Person | None" = None
    stays: list[Stay] = field(default_factory=list)
    outsider: bool = False

    @property
    def id(self) -> str:
        """The person's true id."""
        return f"P{self.serial:07d}"

    def age(self, on: date) -> int:
        """Return completed years of age on a day."""
        return on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))

    def home(self, on: date) -> Home:
        """Return where the person lived on a day; before their first home, that one."""
        for stay in reversed(self.stays):
            if stay.start <= on:
                return stay.home
        return self.stays[0].home

    def home_before(self, on: date) -> Home:
        """Return the home before the one of a day, or that one if there was none."""
        earlier = [stay.home for stay in self.stays if stay.start <= on]
        return earlier[-2] if len(earlier) > 1 else self.home(on)

    def move(self, home: Home, on: date) -> None:
        """Start another stay; what was to come after that day does not happen."""
        self.stays = [stay for stay in self.stays if stay.start < on]
        if self.stays:
            self.stays[-1].end = on
        self.stays.append(Stay(home, max(on, self.born)))


@dataclass(slots=True)
class Family:
    """A block of related people: one or more households that grow, part and move together."""

    number: int
    people: list[Person]
    children: list[Person]
    carers: list[Person]
    need: float
    """How troubled the family is, from 0 to 1; every kind of trouble is likelier with it."""
    kind: str = ""
    absent_parent: Person | None = None
