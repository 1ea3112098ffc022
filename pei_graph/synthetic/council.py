"""A whole council is generated here, family by family, straight into its files."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from random import Random
from types import MappingProxyType

from pei_graph.synthetic import truth
from pei_graph.synthetic.books import Books, TextFile, database, workbook
from pei_graph.synthetic.families import FamilyMaker
from pei_graph.synthetic.lists import annex_a_headings
from pei_graph.synthetic.lives import Life
from pei_graph.synthetic.living import live
from pei_graph.synthetic.people import Family
from pei_graph.synthetic.settings import Council
from pei_graph.synthetic.views import (
    annex_a,
    asp,
    capita_one,
    childview,
    cin_census,
    dwp,
    ehm,
    estart,
    lcs,
    programme,
    school_census,
    ssda903,
)  # fmt: skip
from pei_graph.synthetic.views.desk import YEAR_END, Desk

VIEWS: Mapping[str, Callable[[Family, Life, Desk], None]] = MappingProxyType(
    {
        "lcs": lcs.write,
        "ehm": ehm.write,
        "capita_one": capita_one.write,
        "programme": programme.write,
        "childview": childview.write,
        "estart": estart.write,
        "dwp": dwp.write,
        "asp": asp.write,
        "cin_census": cin_census.write,
        "ssda903": ssda903.write,
        "annex_a": annex_a.write,
        "school_census": school_census.write,
    }
)
"""What writes each source's view of a family."""


_YEARLY = frozenset({"cin_census", "ssda903"})


@dataclass(frozen=True, slots=True)
class Generated:
    """How much was generated."""

    people: int
    families: int
    records: int


def generate(out: Path, *, people: int, seed: int, council: Council | None = None) -> Generated:
    """Write ``out/sources/...`` and ``out/truth/{persons,people,families,criteria}.csv``.

    ``people`` is how many residents to invent; the last family is never cut, so a few more may
    come. A family depends on the seed and its number alone: asking for more people adds families
    and changes none. Memory does not grow with ``people``, but for the two workbooks' own drafts.
    """
    council = council or Council()
    made = families = 0
    with Books(out, text_files(council.as_of)) as books:
        _open_others(books)
        for number in count():
            if made >= people:
                break
            made += _one_family(books, number, first=made, seed=seed, council=council)
            families += 1
    _date_files(out, council.as_of)
    return Generated(made, families, books.records)


def text_files(as_of: date) -> list[TextFile]:
    """Return every delimited file of the council's sources."""
    modules = (lcs, ehm, capita_one, childview, estart, dwp, ssda903)
    return [*(file for module in modules for file in module.FILES), *school_census.files(as_of)]


def _date_files(out: Path, as_of: date) -> None:
    """Give every file the day its content was drawn, as a delivery's own date tells."""
    for file in out.rglob("*"):
        if file.is_file():
            drawn = YEAR_END if file.parent.name in _YEARLY else as_of
            noon = datetime(drawn.year, drawn.month, drawn.day, 12, tzinfo=UTC).timestamp()
            os.utime(file, (noon, noon))


def _open_others(books: Books) -> None:
    """Open the database, the workbooks and the XML message until the books are closed."""
    sources = books.out / "sources"
    books.enter_all("asp", database(sources / asp.DATABASE, asp.TABLES))
    books.enter_all(
        "programme",
        workbook(sources / programme.WORKBOOK, programme.SHEETS, title=programme.TITLE),
    )
    books.enter_all("annex_a", workbook(sources / annex_a.WORKBOOK, annex_a_headings()))
    books.enter_all("", cin_census.message(sources / cin_census.MESSAGE))


def _one_family(books: Books, number: int, *, first: int, seed: int, council: Council) -> int:
    """Make one family, let it live, and let every system write it down; return its size."""
    family = FamilyMaker(number, seed=seed, council=council).make()
    for serial, person in enumerate(family.people, first):
        person.serial = serial
    life = live(family, seed=seed, council=council)
    for system, write in VIEWS.items():
        rng = Random(f"{seed}/{number}/{system}")  # invented faults
        write(family, life, Desk(books, council, rng))
    truth.write(family, life, books, as_of=council.as_of)
    return len(family.people)
