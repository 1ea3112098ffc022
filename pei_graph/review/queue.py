"""The review queue: what is still to be asked, that first of whose answer most is expected.

In: a run's tables and the ledger's judgements. Out: questions; nothing is decided here. All are put
in order as columns (:mod:`.ranking`), for a page waits for it; what verdicts settled is left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import duckdb
import pyarrow as pa

from pei_graph.ledger import Judgement, Opinion, opinions
from pei_graph.review.question import Question, questions
from pei_graph.review.ranking import ranked
from pei_graph.review.scripts import SQL
from pei_graph.review.state import has_changed
from pei_graph.review.verdicts import Content, judged_contents

CERTAIN = 12.0
"""Bits above which a link that alone holds records in a person is not asked about."""

DOUBTFUL = 6.0
"""The same, where no source knows both sides of the link under ids of their own."""

ROUNDING = 1e-6
"""Bits within which two weights are one: weakest links are copies of weights."""


@dataclass(frozen=True, slots=True)
class Queue:
    """What is still to be asked, in order.

    First come judged pairs whose records say something else since, then the questions of a run,
    less the ``settled`` pairs.
    """

    again: tuple[Question, ...]
    in_order: pa.Table
    settled: frozenset[tuple[str, str]]

    def __len__(self) -> int:
        """Return how many questions are open."""
        return len(self.again) + int(self.in_order.num_rows) - len(self.settled)

    def __iter__(self) -> Iterator[Question]:
        """Give the questions, each made when it is come to."""
        yield from self.again
        yield from (each for each in questions(self.in_order) if each.pair not in self.settled)


def read_questions(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return every question that the run's links raise, whatever was judged, in no order."""
    bounds = {"certain": CERTAIN, "doubtful": DOUBTFUL, "rounding": ROUNDING}
    return con.sql(SQL.text("queue"), params=bounds).to_arrow_table()


def queue(
    con: duckdb.DuckDBPyConnection, judged: Sequence[Judgement], *, top: int | None = None
) -> list[Question]:
    """Return the first ``top`` questions in order, less those whose answer changes nothing."""
    in_order = ranked(con, read_questions(con), judged)
    found = still_open(con, in_order, judged, known=judged_contents(con, judged))
    return _with_keys(con, list(islice(found, top)))


def still_open(
    con: duckdb.DuckDBPyConnection,
    in_order: pa.Table,
    judged: Sequence[Judgement],
    *,
    known: Mapping[str, Content],
) -> Queue:
    """Return what is still to be asked of the questions ``in_order``, and what is to be again.

    ``known`` is what the run knows of the judged records.
    """
    settled = Settled(judged, known)
    con.register("in_order", in_order)
    near = con.sql(SQL.text("within"), params={"persons": settled.persons}).to_arrow_table()
    con.unregister("in_order")
    closed = frozenset(each.pair for each in questions(near) if settled.settles(each))
    return Queue(tuple(settled.again()), in_order, closed)


def _with_keys(con: duckdb.DuckDBPyConnection, asked: Sequence[Question]) -> list[Question]:
    """Return the questions with what their records agree on, where it was not judged yet."""
    sides = {"left": [q.record_l for q in asked], "right": [q.record_r for q in asked]}
    keys = {row[:2]: row[2] for row in SQL.run(con, "keys", **sides).fetchall()}
    return [q if q.kind == "again" else replace(q, match_key=keys[q.pair]) for q in asked]


@dataclass(frozen=True, slots=True)
class _Places:
    """Persons as the verdicts so far would have them: each by one of those it is joined with."""

    root: dict[str, str]

    def of(self, person: str) -> str:
        while (above := self.root.get(person, person)) != person:
            person = above
        return person

    def join(self, left: str, right: str) -> None:
        low, high = sorted((self.of(left), self.of(right)))
        self.root[high] = low


class Settled:
    """What the judgements so far have settled, though the run may not show it yet."""

    def __init__(self, judged: Sequence[Judgement], known: Mapping[str, Content]) -> None:
        """Follow the verdicts, by whose the judged records are."""
        self._opinions = opinions(judged)
        self._known = known
        self._pairs = {opinion.pair for opinion in self._opinions}
        self._persons = _Places({})
        for ends in self._ends("same"):
            self._persons.join(*ends)
        kept = [*self._ends("different"), *self._ends("unsure"), *self._waiting()]
        self._apart = {self._key(*ends) for ends in kept}

    @property
    def persons(self) -> list[str]:
        """Return whose the judged records are: no question about anybody else can be settled."""
        return sorted({content.person_id for content in self._known.values()})

    def settles(self, question: Question) -> bool:
        """Return whether a verdict has settled all that an answer would change."""
        if question.pair in self._pairs:
            return True
        if question.kind == "split":
            return False
        left, right = self._key(question.person_l, question.person_r)
        return left == right or (left, right) in self._apart

    def again(self) -> Iterator[Question]:
        """Give the judged pairs that nobody has judged since their records say something else.

        Not only the verdict that counts is looked at: whoever said otherwise was asked, and would
        be asked for ever.
        """
        for opinion in self._opinions:
            if opinion.counts and all(has_changed(vote, self._known) for vote in opinion.votes):
                left, right = (self._known[record] for record in opinion.pair)
                yield Question("again", *opinion.pair, left.person_id, right.person_id, chance=1.0)

    def _key(self, left: str, right: str) -> tuple[str, str]:
        low, high = sorted((self._persons.of(left), self._persons.of(right)))
        return low, high

    def _ends(self, verdict: str) -> Iterator[tuple[str, str]]:
        """Give the persons of each pair on which this verdict counts."""
        for opinion in self._opinions:
            if opinion.counts and opinion.counts.verdict == verdict:
                yield from _persons(opinion, self._known)

    def _waiting(self) -> Iterator[tuple[str, str]]:
        for opinion in self._opinions:
            if opinion.waiting:
                yield from _persons(opinion, self._known)


def _persons(opinion: Opinion, known: Mapping[str, Content]) -> Iterator[tuple[str, str]]:
    left, right = (known.get(record) for record in opinion.pair)
    if left and right:
        yield left.person_id, right.person_id


def for_a_second_person(judged: Sequence[Judgement], who: str) -> list[tuple[str, str]]:
    """Return the pairs that wait for a second person and that ``who`` has not judged."""
    return [
        opinion.pair
        for opinion in opinions(judged)
        if opinion.waiting and all(vote.by != who for vote in opinion.votes)
    ]
