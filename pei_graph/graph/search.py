"""Finds persons and families by any id, name, date of birth, address, postcode or UPRN.

In: what somebody typed, and a DuckDB connection that holds ``persons``, ``records``, ``members``,
``identifiers``, ``addresses`` and ``families``, whether as tables or as views that hide some rows.
Out: ids with what they matched on, best first. Names match as spelt, as nicknames of each other, as
they sound, and with slips of typing, over every spelling that any source gives.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

import duckdb
from anyascii import anyascii
from nicknames import NickNamer
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from pei_graph.graph.terms import Terms, read_terms, sounds_like
from pei_graph.scripts import Scripts

_SQL = Scripts(files(__package__).joinpath("searches"))
CLOSE = 0.9
"""Jaro-Winkler similarity at and above which two names count as one name mistyped."""
MOST_SPELLINGS = 40
"""Spellings tried for each word, the closest first: beyond these a name is another name."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A person or family that was found, how well, and on what."""

    kind: str
    id: str
    score: float
    matched: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked for, as understood, and the hits, best first."""

    terms: Terms
    hits: tuple[Hit, ...]
    more: bool


class NameIndex:
    """Every spelling of a name that some record gives, read once and compared in memory."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        """Read nothing yet: the first search does."""
        self._con = con

    @cached_property
    def _spellings(self) -> list[str]:
        with self._con.cursor() as cursor:
            rows = cursor.execute(_SQL.text("spellings")).fetchall()
        return [str(row[0]) for row in rows]

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
    name are looked for as a street.
    """
    terms = read_terms(anyascii(typed).lower())
    hits = _by_id(con, terms.compact)
    for described in (terms, terms.as_address()):
        if not hits and described.says_something:
            terms, hits = described, _by_description(con, names, described, most=most + 1)
    return Found(terms, tuple(hits[:most]), more=len(hits) > most)


def _by_id(con: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> list[Hit]:
    if not ids:
        return []
    rows = con.execute(_SQL.text("by_id"), {"ids": list(ids)}).fetchall()
    return [Hit(kind, key, 1.0, (scheme,)) for kind, key, scheme in rows]


def _by_description(
    con: duckdb.DuckDBPyConnection, names: NameIndex, terms: Terms, *, most: int
) -> list[Hit]:
    spellings = [(i, s, a) for i, w in enumerate(terms.names) for s, a in _alike(names, w)]
    parameters = {
        "words": len(terms.names),
        "word": [word for word, _, _ in spellings],
        "spelling": [spelling for _, spelling, _ in spellings],
        "likeness": [likeness for _, _, likeness in spellings],
        "born": terms.birth_date,
        "year": terms.birth_year,
        "postcode": terms.postcode,
        "house": terms.house,
        "street": terms.street,
        "most": most,
    }
    people = con.execute(_SQL.text("by_description"), parameters).fetchall()
    hits = [Hit("person", key, score, terms.matched) for key, score in people]
    return [*hits, *_families(con, terms, most=most)]


def _alike(names: NameIndex, word: str) -> list[tuple[str, float]]:
    return list(names.alternatives(word).items())


def _families(con: duckdb.DuckDBPyConnection, terms: Terms, *, most: int) -> list[Hit]:
    if not (terms.postcode or terms.street):
        return []
    parameters = {
        "postcode": terms.postcode,
        "house": terms.house,
        "street": terms.street,
        "most": most,
    }
    rows = con.execute(_SQL.text("by_address"), parameters).fetchall()
    return [Hit("family", key, 0.5, ("address",)) for (key,) in rows]
