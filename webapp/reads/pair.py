"""Two records side by side as the review shows them: what each says, and who is around them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from pei_graph.explain import PairExplanation, explain_pair, tell_pair
from pei_graph.ledger import Judgement
from pei_graph.review import dangers
from webapp.format import source_titles
from webapp.reads.family import relatives
from webapp.reads.review import seen_concerning
from webapp.runs import about_sources, ask, sight

Row = Mapping[str, Any]
Piece = tuple[str, bool]
"""A stretch of a value, and whether the other side has something else there."""

MOST_AROUND = 8
"""People and records shown around each side; the person's page has all."""


@dataclass(frozen=True, slots=True)
class Line:
    """What both records say of one thing, and how the two compare."""

    title: str
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]
    agreement: str


@dataclass(frozen=True, slots=True)
class Side:
    """A record's person: who they are, what their other records say, and who is around them."""

    record_id: str
    head: Row
    others: tuple[Row, ...]
    household: tuple[Row, ...]
    relations: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Everything that the review shows of two records."""

    left: Side
    right: Side
    lines: tuple[Line, ...]
    explained: PairExplanation
    sentences: tuple[str, ...]
    dangers: tuple[str, ...]
    titles: Mapping[str, str]

    @property
    def ids(self) -> list[str]:
        """Return the id of everybody shown."""
        people = [side.head["person_id"] for side in (self.left, self.right)]
        for side in (self.left, self.right):
            people += [row["person_id"] for row in side.household]
            people += [row["other_id"] for row in side.relations]
        return sorted(set(people))


def read_pair(record_l: str, record_r: str) -> Pair:
    """Return two records that the user may see, side by side.

    What other people said of them is left out, so that a second person judges for themself: of that
    it is told alone whether a join takes two people.
    """
    titles = source_titles(about_sources())
    with sight().explaining() as con:
        explained = explain_pair(con, record_l, record_r, judged=_nobody)
        risks = dangers(con, (record_l, record_r), seen_concerning)
    return Pair(
        _side(record_l),
        _side(record_r),
        tuple(map(_line, explained.values + explained.further)),
        explained,
        tell_pair(explained, titles),
        risks,
        titles,
    )


def _nobody(_records: object) -> list[Judgement]:
    return []


def _side(record_id: str) -> Side:
    persons = ask("record_person", record_id=record_id)
    [person] = [row["person_id"] for row in persons if row["state"] == "accepted"]
    head = ask("person", person_id=person)[0]
    records = ask("person_records", person_id=person)
    others = [row for row in records if row["state"] == "accepted"]
    family = head["family_id"]
    members = ask("family_members", family_id=family) if family else []
    return Side(
        record_id,
        head,
        tuple(row for row in others if row["record_id"] != record_id)[:MOST_AROUND],
        _eldest_first(row for row in members if row["person_id"] != person)[:MOST_AROUND],
        relatives(ask("person_relations", person_id=person))[:MOST_AROUND],
    )


def _eldest_first(members: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(members, key=lambda row: (row["birth_date"] or date.max, row["person_id"])))


def _line(value: Any) -> Line:
    marked = value.agreement in {"different", "similar"}
    left, right = _marked(value.left, value.right) if marked else _plain(value.left, value.right)
    return Line(value.title, left, right, value.agreement)


def _plain(left: str, right: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    return ((left, False),), ((right, False),)


def _marked(left: str, right: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both values with the stretches marked that the other does not have there."""
    steps = SequenceMatcher(None, left.lower(), right.lower(), autojunk=False).get_opcodes()
    return (
        tuple((left[a:b], tag != "equal") for tag, a, b, _, _ in steps if b > a),
        tuple((right[c:d], tag != "equal") for tag, _, _, c, d in steps if d > c),
    )
