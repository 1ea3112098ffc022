"""The review queue: questions in the order in which an answer is expected to put most right.

In: a run's tables and the ledger's judgements. Out: questions; nothing is decided here. Uncertainty
times impact: how likely the answer is to change what stands, learnt from the answers so far
(:mod:`.question`), times the pairs of records it then settles.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import duckdb

from pei_graph.ledger import Judgement, Opinion, opinions
from pei_graph.review.question import Answers, Question, in_order
from pei_graph.review.scripts import SQL
from pei_graph.review.state import has_changed
from pei_graph.review.verdicts import Content, contents

CERTAIN = 12.0
"""Bits above which a link that alone holds records in a person is not asked about."""

DOUBTFUL = 6.0
"""The same, where no source knows both sides of the link under ids of their own."""

ROUNDING = 1e-6
"""Bits within which two weights are one: weakest links are copies of weights."""


def read_questions(con: duckdb.DuckDBPyConnection) -> list[Question]:
    """Return every question that the run's links raise, whatever was judged, in no order."""
    found = SQL.run(con, "queue", certain=CERTAIN, doubtful=DOUBTFUL, rounding=ROUNDING)
    return [Question(*row) for row in found.fetchall()]


def queue(
    con: duckdb.DuckDBPyConnection, judged: Sequence[Judgement], *, top: int | None = None
) -> list[Question]:
    """Return the first ``top`` questions in order, less those whose answer changes nothing."""
    return order(con, read_questions(con), judged)[:top]


def order(
    con: duckdb.DuckDBPyConnection, questions: Iterable[Question], judged: Sequence[Judgement]
) -> list[Question]:
    """Return what is still to be asked, in order.

    First come judged pairs whose records say something else since, then the questions by what is
    expected of their answer.
    """
    settled = Settled(con, judged)
    open_ = filter(settled.leaves_open, ranked(questions, judged))
    return [*settled.again(), *open_]


def ranked(questions: Iterable[Question], judged: Sequence[Judgement]) -> list[Question]:
    """Return the questions by what is expected of their answer, settled ones too."""
    answers = Answers(judged)
    return in_order([replace(question, chance=answers.chance(question)) for question in questions])


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

    def __init__(self, con: duckdb.DuckDBPyConnection, judged: Sequence[Judgement]) -> None:
        """Read whose the judged records are."""
        self._opinions = opinions(judged)
        records = {record for opinion in self._opinions for record in opinion.pair}
        self._known = contents(con, records)
        self._pairs = {opinion.pair for opinion in self._opinions}
        self._persons = _Places({})
        for ends in self._ends("same"):
            self._persons.join(*ends)
        kept = [*self._ends("different"), *self._ends("unsure"), *self._waiting()]
        self._apart = {self._key(*ends) for ends in kept}

    def leaves_open(self, question: Question) -> bool:
        """Return whether an answer would change something that no verdict has settled."""
        if question.pair in self._pairs:
            return False
        if question.kind == "split":
            return True
        left, right = self._key(question.person_l, question.person_r)
        return left != right and (left, right) not in self._apart

    def again(self) -> Iterator[Question]:
        """Give the judged pairs whose records say something else than when they were judged."""
        for opinion in self._opinions:
            counts = opinion.counts
            if counts and has_changed(counts, self._known):
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


def _persons(opinion: Opinion, known: dict[str, Content]) -> Iterator[tuple[str, str]]:
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
