"""What the sources told of people lately that they had not told before.

In: the run's news. Out: one piece of it for whatever a source told on one day of one person in
facts of one type, the newest first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from pei_graph.news import news_since
from webapp.runs import reader, sight

Row = Mapping[str, Any]

SHOWN = 6
"""How much news is shown before the rest is folded away."""

_TOGETHER = ("first_told", "source", "person_id", "kind", "type")


@dataclass(frozen=True, slots=True)
class Piece:
    """What one source told on one day of one person in facts of one type."""

    facts: tuple[Row, ...]
    """The facts, the newest first."""

    @property
    def newest(self) -> Row:
        """Return the fact that began last."""
        return self.facts[0]


@dataclass(frozen=True, slots=True)
class News:
    """What was told of some people after a day."""

    after: date
    pieces: tuple[Piece, ...]
    facts: frozenset[int]
    """The ids of the facts that are news."""
    once: frozenset[str]
    """Sources that have delivered on one day alone: what is new there cannot be told."""

    @property
    def first(self) -> tuple[Piece, ...]:
        """Return what is shown at once."""
        return self.pieces[:SHOWN]

    @property
    def rest(self) -> tuple[Piece, ...]:
        """Return what is folded away."""
        return self.pieces[SHOWN:]

    def behind(self, findings: Iterable[Row]) -> bool:
        """Return whether anything that is news evidences one of these findings."""
        return any(not self.facts.isdisjoint(finding["evidence"]) for finding in findings)


def read_news(people: Sequence[str]) -> News:
    """Return what the sources told of people lately, as far as this user may see it."""
    rows = sight().rows("news", {"people": list(people)})
    alike = groupby(rows, key=lambda row: [row[each] for each in _TOGETHER])
    pieces = tuple(Piece(tuple(facts)) for _, facts in alike)
    found = frozenset(row["fact_id"] for row in rows)
    return News(news_since(reader().as_of), pieces, found, _told_once())


def _told_once() -> frozenset[str]:
    days: dict[str, int] = {}
    for row in reader().deliveries:
        days[row["source"]] = max(row["days"], days.get(row["source"], 0))
    return frozenset(source for source, most in days.items() if most == 1)
