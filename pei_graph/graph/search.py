"""Finds persons and families by any id, name, date of birth, address, postcode or UPRN.

In: what somebody typed, and a DuckDB connection that holds ``persons``, ``records``, ``members``,
``identifiers`` and ``addresses``, whether as tables or as views that hide some rows, and
``family_list`` (family_id, address_id), each family once, in memory.
Out: ids with what they matched on, best first. Names match as spelt, as nicknames of each other, as
they sound, and with slips of typing, over every spelling that any source gives.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

import duckdb
from anyascii import anyascii
from nicknames import NickNamer
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from pei_graph.graph.bearers import Bearers, Spellings
from pei_graph.graph.streets import beginnings, begins_as, ways_to_write
from pei_graph.graph.terms import Terms, read_terms, sounds_like
from pei_graph.scripts import Scripts

_SQL = Scripts(files(__package__).joinpath("searches"))
CLOSE = 0.9
"""Jaro-Winkler similarity at and above which two names count as one name mistyped."""
MOST_SPELLINGS = 40
"""Spellings tried for each word, the closest first: beyond these a name is another name."""

MOST_BY_ID = 200
"""Persons and families that are shown of those whom one id names."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A person or family that was found, how well, and on what."""

    kind: str
    id: str
    score: float
    matched: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked for, as understood, and the hits, best first.

    The terms are empty where an id decided: then nothing else was looked for.
    """

    terms: Terms
    hits: tuple[Hit, ...]
    more: bool


class NameIndex:
    """Every spelling of a name that some record gives, and who bears it, read once and compared."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        """Read nothing yet: the first search does."""
        self._con = con

    @cached_property
    def bearers(self) -> Bearers:
        """Return who bears which spelling."""
        with self._con.cursor() as cursor:
            return Bearers(cursor.sql(_SQL.text("bearers")).to_arrow_table())

    @cached_property
    def _spellings(self) -> list[str]:
        return self.bearers.spellings

    @cached_property
    def _by_sound(self) -> dict[str, list[str]]:
        sounds: dict[str, list[str]] = {}
        for spelling in self._spellings:
            sounds.setdefault(sounds_like(spelling), []).append(spelling)
        return sounds

    @cached_property
    def _nicknames(self) -> NickNamer:
        return NickNamer()

    def alternatives(self, word: str) -> dict[str, float]:
        """Return the spellings that ``word`` may stand for, each with its likeness from 0 to 1."""
        alike = dict.fromkeys(self._by_sound.get(sounds_like(word), ()), 0.8)
        alike |= dict.fromkeys(self._other_names(word), 0.9)
        close = process.extract(
            word,
            self._spellings,
            scorer=JaroWinkler.normalized_similarity,
            score_cutoff=CLOSE,
            limit=MOST_SPELLINGS,
        )
        for spelling, likeness, _ in close:
            alike[spelling] = max(likeness, alike.get(spelling, 0.0))
        best = sorted(alike.items(), key=lambda pair: (-pair[1], pair[0]))
        return dict(best[:MOST_SPELLINGS])

    def _other_names(self, word: str) -> set[str]:
        canonical = self._nicknames.canonicals_of(word)
        return set().union(
            self._nicknames.nicknames_of(word),
            canonical,
            *(self._nicknames.nicknames_of(name) for name in canonical),
        )


def find(con: duckdb.DuckDBPyConnection, names: NameIndex, typed: str, *, most: int = 50) -> Found:
    """Return at most ``most`` persons and families that what was typed points to.

    Ids decide alone: where what was typed is an id of any system, nothing else is looked for.
    Otherwise every part understood must match, the name by its likeness; words that are nobody's
    name are looked for as a street, and passed over beside one: they may be its town.
    """
    terms = read_terms(anyascii(typed).lower())
    if hits := _by_id(con, terms.compact):
        return Found(Terms(), tuple(hits[:most]), more=len(hits) > most)
    for described in (terms, terms.as_address()):
        if not hits and described.says_something:
            hits = _by_description(con, names, described, most=most + 1)
            terms = described if hits else terms
    return Found(terms, tuple(hits[:most]), more=len(hits) > most)


def _by_id(con: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> list[Hit]:
    if not ids:
        return []
    schemes: dict[tuple[str, str], set[str]] = {}
    for kind, key, scheme in (*_named(con, ids), *_carriers(con, ids)):
        schemes.setdefault((kind, key), set()).add(scheme)
    found = sorted(schemes.items())[:MOST_BY_ID]
    return [Hit(kind, key, 1.0, tuple(sorted(names))) for (kind, key), names in found]


def _named(con: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Give the persons and families of these ids, or who live at a place of this number."""
    rows = con.execute(_SQL.text("by_id"), {"ids": list(ids)}).fetchall()
    yield from (row for row in rows if row[0] != "address")
    if addresses := [address for kind, address, _ in rows if kind == "address"]:
        for kind, key in con.execute(_SQL.text("at_home"), {"addresses": addresses}).fetchall():
            yield kind, key, "uprn"


def _carriers(con: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Give each person of whom a record carries one of the ids, with the scheme of the id.

    A record's own id is ``source:source_key``; the second alone will do.
    """
    keys = [*ids, *(key for _, colon, key in (one.partition(":") for one in ids) if colon)]
    lengths = sorted({len(key) for key in keys})
    parameters = {"ids": list(ids), "keys": keys, "lengths": lengths}
    rows = con.execute(_SQL.text("carried"), parameters).fetchall()
    carried = [
        (record, scheme) for record, scheme, value in rows if value in ids or record.upper() in ids
    ]
    if carried:
        records = {"records": sorted({record for record, _ in carried})}
        whose = dict(con.execute(_SQL.text("whose"), records).fetchall())
        for record, scheme in carried:
            if person := whose.get(record):
                yield "person", person, scheme


def _by_description(
    con: duckdb.DuckDBPyConnection, names: NameIndex, terms: Terms, *, most: int
) -> list[Hit]:
    words = [names.alternatives(word) for word in terms.names]
    if terms.says_names_alone:
        people = names.bearers.best(words, most=most)
    else:
        people = _described(con, words, terms, most=most)
    hits = [Hit("person", key, score, terms.matched) for key, score in people]
    return [*hits, *_families(con, terms, [key for key, _ in people], most=most)]


def _described(
    con: duckdb.DuckDBPyConnection, words: Sequence[Spellings], terms: Terms, *, most: int
) -> list[tuple[str, float]]:
    spellings = [(i, spelling, a) for i, word in enumerate(words) for spelling, a in word.items()]
    parameters = {
        "words": len(words),
        "word": [word for word, _, _ in spellings],
        "spelling": [spelling for _, spelling, _ in spellings],
        "likeness": [likeness for _, _, likeness in spellings],
        "born": terms.birth_date,
        "year": terms.birth_year,
        **_place(terms),
        "most": most,
    }
    return con.execute(_placed("by_description"), parameters).fetchall()


def _placed(question: str) -> str:
    """Return SQL of a question that looks for an address as described."""
    return _SQL.text(question).format(place=_SQL.text("place"))


def _place(terms: Terms) -> dict[str, object]:
    ways = ways_to_write(terms.street)
    return {
        "postcode": terms.postcode,
        "house": terms.house,
        "somewhere": bool(ways),
        "begins": begins_as(ways),
        "whole": beginnings(ways),
    }


def _families(
    con: duckdb.DuckDBPyConnection, terms: Terms, people: Sequence[str], *, most: int
) -> list[Hit]:
    """Return the families of a place; where somebody is described too, those of the ``people``."""
    if not (terms.postcode or terms.street):
        return []
    parameters = {
        "somebody": terms.says_who,
        "people": people,
        **_place(terms),
        "most": most,
    }
    rows = con.execute(_placed("by_address"), parameters).fetchall()
    return [Hit("family", key, 0.5, ("address",)) for (key,) in rows]
