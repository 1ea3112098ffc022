"""Delivered column names are matched to a list's canonical names, whatever their spelling."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache

from pei_graph.contract import Layout, SourceList
from pei_graph.extract.page import Note
from pei_graph.tables import RAW_COLUMNS

INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\xad"))
"""Byte-order marks, zero-width characters and soft hyphens, which no reader of a header sees."""

QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-"})


BELIEVED = 0.2
"""Share of the columns a list uses above which a delivered row is taken for column names."""

NAMED_IN_A_ROW = frozenset({"csv", "xlsx"})
"""Formats whose column names are a row like others."""

WILD = frozenset("*?[")
"""Characters that make a glob of a name."""


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """Return a column name as compared: visible characters, single spaces, no case.

    >>> plain(chr(0xFEFF) + "Date of  Birth ") == plain("DATE OF BIRTH")
    True
    """
    visible = unicodedata.normalize("NFKC", name.translate(INVISIBLE)).translate(QUOTES)
    return re.sub(r"\s+", " ", visible).strip().casefold()


@dataclass(frozen=True, slots=True)
class Columns:
    """How one delivery's header meets its list."""

    layout: str | None
    names: tuple[str, ...]
    """The name in RAW of every delivered column, in the delivered order."""
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    ignored: tuple[str, ...]
    notes: tuple[Note, ...]
    doubtful: bool
    """The row that should hold column names may be one of people: nothing of it is repeated."""


def match_columns(header: Sequence[str], source_list: SourceList) -> Columns:
    """Return how a header meets its list: names in RAW, what is missing, what is not known."""
    used = source_list.columns()
    layout = _layout(header, source_list.layouts)
    spellings = _spellings(source_list, used, layout=layout)
    names, notes = _names(header, spellings)
    known = used | set(source_list.optional) | set(source_list.headers)
    may_lack = set(source_list.optional) | set(layout.absent if layout else ())
    ignored = [name for name in names if is_ignored(name, source_list)]
    unknown = [name for name in names if name not in known and name not in ignored]
    missing = used - may_lack - set(names)
    doubtful = bool(missing) and _is_doubtful(used & set(names), used, source_list)
    return Columns(
        layout.id if layout else None,
        tuple(names),
        tuple(sorted(missing)),
        () if doubtful else tuple(unknown),
        tuple(ignored),
        () if doubtful else (*notes, *_unknown_notes(unknown)),
        doubtful,
    )


def _is_doubtful(found: Collection[str], used: Collection[str], source_list: SourceList) -> bool:
    reader = source_list.reader
    named_in_a_row = reader.format in NAMED_IN_A_ROW and not reader.columns
    return named_in_a_row and len(found) <= BELIEVED * len(used)


def is_ignored(name: str, source_list: SourceList) -> bool:
    """Return whether a list ignores a column, by its name or by a glob."""
    compared = plain(name)
    return any(_fits(compared, plain(glob)) for glob in source_list.ignore)


def _fits(name: str, glob: str) -> bool:
    return fnmatchcase(name, glob) if WILD.intersection(glob) else name == glob


def _layout(header: Sequence[str], layouts: Sequence[Layout]) -> Layout | None:
    delivered = {plain(name) for name in header}
    for layout in layouts:
        has = {plain(name) for name in layout.has}
        lacks = {plain(name) for name in layout.lacks}
        if has <= delivered and not lacks & delivered:
            return layout
    return None


def _spellings(
    source_list: SourceList, used: Iterable[str], *, layout: Layout | None
) -> dict[str, str]:
    canonical = (
        *used, *source_list.optional, *source_list.ignore, *source_list.headers,
    )  # fmt: skip
    spellings = {plain(name): name for name in canonical}
    for name, others in source_list.headers.items():
        spellings |= {plain(other): name for other in others}
    renamed = layout.rename if layout else {}
    return spellings | {plain(old): new for old, new in renamed.items()}


def _names(header: Sequence[str], spellings: dict[str, str]) -> tuple[list[str], list[Note]]:
    names: list[str] = []
    notes: list[Note] = []
    taken: set[str] = set(RAW_COLUMNS)
    for at, delivered in enumerate(header, start=1):
        name = spellings.get(plain(delivered), delivered.strip()) or f"column {at}"
        if plain(name) in taken:
            notes.append(_twice(name))
            name = next(n for n in _numbered(name) if plain(n) not in taken)
        taken.add(plain(name))
        names.append(name)
    return names, notes


def _numbered(name: str) -> Iterator[str]:
    number = 2
    while True:
        yield f"{name} ({number})"
        number += 1


def _twice(name: str) -> Note:
    advice = "The column stands twice: the first is used; ask which one is meant"
    return Note("column_twice", "warning", advice, column=name)


def _unknown_notes(unknown: Sequence[str]) -> Iterator[Note]:
    advice = "The contract does not know this column: use it, or add it to `ignore` with a reason"
    for name in unknown:
        yield Note("unknown_column", "warning", advice, column=name)
