"""A whole council is generated here, family by family, straight into its files."""

from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random

from pei_graph.synthetic import truth
from pei_graph.synthetic.books import Books, database
from pei_graph.synthetic.families import FamilyMaker
from pei_graph.synthetic.living import live
from pei_graph.synthetic.settings import Council
from pei_graph.synthetic.views import asp, capita_one, lcs
from pei_graph.synthetic.views.desk import Desk

VIEWS = {"lcs": lcs.write, "capita_one": capita_one.write, "asp": asp.write}


@dataclass(frozen=True, slots=True)
class Generated:
    """How much was generated."""

    people: int
    families: int
    records: int


def generate(out: Path, *, people: int, seed: int, council: Council | None = None) -> Generated:
    """Write ``out/sources/...`` and ``out/truth/{persons,families,criteria}.csv``.

    ``people`` is how many residents to invent; the last family is never cut, so a few more may
    come. A family depends on the seed and its number alone: asking for more people adds families
    and changes none. Memory does not grow with ``people``.
    """
    council = council or Council()
    born = families = 0
    with Books(out, [*lcs.FILES, *capita_one.FILES]) as books:
        _open_others(books)
        for number in count():
            if born >= people:
                break
            born += _one_family(books, number, first=born, seed=seed, council=council)
            families += 1
        return Generated(born, families, books.records)


def _open_others(books: Books) -> None:
    sources = books.out / "sources"
    police = books.until_closed(database(sources / asp.DATABASE, asp.TABLES))
    for table, adds in police.items():
        books.enter(f"asp/{table}", adds)


def _one_family(books: Books, number: int, *, first: int, seed: int, council: Council) -> int:
    """Make one family, let it live, and let every system write it down; return its size."""
    family = FamilyMaker(number, seed=seed, council=council).make()
    for serial, person in enumerate(family.people, first):
        person.serial = serial
    life = live(family, seed=seed, council=council)
    for system, write in VIEWS.items():
        rng = Random(f"{seed}/{number}/{system}")  # noqa: S311 - invented faults
        write(family, life, Desk(books, council, rng))
    truth.write(family, life, books, as_of=council.as_of)
    return len(family.people)
