"""What every system's view needs at hand while it writes one family down."""

from dataclasses import dataclass
from datetime import date
from random import Random

from pei_graph.synthetic.books import Adds, Books
from pei_graph.synthetic.clerks import Clerk
from pei_graph.synthetic.identifiers import system_key, telephone
from pei_graph.synthetic.lists import places
from pei_graph.synthetic.people import Person
from pei_graph.synthetic.settings import Council

YEAR_START, YEAR_END = date(2025, 4, 1), date(2026, 3, 31)
"""The year of the yearly returns, which are drawn on its last day."""
_MULTIPLIERS = {"lcs": 7919, "ehm": 104_729, "capita_one": 15_485_863, "programme": 32_452_843,
                "childview": 49_979_687, "estart": 67_867_967, "dwp": 86_028_121,
                "asp": 122_949_823, "contact": 141_650_939}  # fmt: skip
_FIRST = {"lcs": 1_000_000, "ehm": 3_000_000, "capita_one": 20_000_000, "programme": 1_000,
          "childview": 400_000, "estart": 700_000, "dwp": 50_000_000, "asp": 60_000_000,
          "contact": 80_000_000}  # fmt: skip
_SECOND_RECORD = 100_000_000


@dataclass(slots=True)
class Desk:
    """The books, the dice and the council's rules, at hand for one family."""

    books: Books
    council: Council
    rng: Random

    @property
    def as_of(self) -> date:
        """The day of the extract."""
        return self.council.as_of

    def clerk(self, system: str) -> Clerk:
        """Return a clerk with a system's faults."""
        return Clerk(self.council.faults[system], self.rng)

    def file(self, path: str) -> Adds:
        """Return what appends rows to a file, sheet or table."""
        return self.books.file(path)


def key(system: str, person: Person, *, second: bool = False) -> int:
    """Return a system's key of a person, or of a second record it has of them."""
    first = _FIRST[system] + (_SECOND_RECORD if second else 0)
    return system_key(person.serial, first=first, multiplier=_MULTIPLIERS[system])


def british(day: date | None) -> str:
    """Return a day as 31/12/2026, or nothing."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}" if day else ""


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def month_named(day: date | None) -> str:
    """Return a day as 31-Dec-2026, or nothing."""
    return f"{day.day:02d}-{_MONTHS[day.month - 1]}-{day.year}" if day else ""


def worker(number: int) -> tuple[str, str]:
    """Return a worker's name and telephone number."""
    return places().workers[number], telephone(100 + number)
