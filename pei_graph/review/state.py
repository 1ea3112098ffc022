"""What became of every judgement: whether it counts, waits, is contradicted or out of date."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pei_graph.ledger import Choice, Judgement, Opinion, opinions
from pei_graph.review.verdicts import Applied, Content, digest_of

STATES = {
    "counts": "counts",
    "waits": "waits for a second person",
    "disputed": "disputed: two people say different things",
    "overruled": "another judgement on the pair counts",
    "withdrawn": "withdrawn",
}
"""Each state of a judgement in words."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A *different* between two records that a chain of *same* joins: one of them must be wrong."""

    different: Judgement
    same: tuple[Judgement, ...]

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """Return all that contradict each other, *different* first."""
        return (self.different, *self.same)


@dataclass(frozen=True, slots=True)
class Told:
    """A judgement and what became of it.

    ``state`` is a key of ``STATES``. ``changed`` is true where the records no longer say what they
    said when it was made: it still counts, but is worth another look. ``gone`` is true where a
    record is in no delivery. ``contradicted`` holds the numbers of the judgements against it.
    """

    judgement: Judgement
    state: str
    changed: bool
    gone: bool
    contradicted: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        """Return everything about the judgement for a program to read."""
        fields = self.judgement.__dataclass_fields__
        said = {name: getattr(self.judgement, name) for name in fields}
        return {
            **said,
            "state": self.state,
            "changed_since": self.changed,
            "record_gone": self.gone,
            "contradicts": list(self.contradicted),
        }


def contradictions(judged: Sequence[Judgement]) -> list[Contradiction]:
    """Return each *different* that a chain of *same* contradicts, with the shortest such chain."""
    counting = [opinion.counts for opinion in opinions(judged) if opinion.counts]
    steps: dict[str, list[Judgement]] = {}
    for judgement in counting:
        if judgement.verdict == "same":
            for record in judgement.pair:
                steps.setdefault(record, []).append(judgement)
    different = (judgement for judgement in counting if judgement.verdict == "different")
    found = ((judgement, _chain(steps, judgement)) for judgement in different)
    return [Contradiction(judgement, chain) for judgement, chain in found if chain]


def _chain(steps: Mapping[str, list[Judgement]], across: Judgement) -> tuple[Judgement, ...]:
    """Return the shortest chain of *same* between the two records, empty where there is none."""
    start, end = across.pair
    ways: dict[str, tuple[Judgement, ...]] = {start: ()}
    open_ = deque([start])
    while open_ and end not in ways:
        here = open_.popleft()
        for step in steps.get(here, ()):
            there = step.record_r if step.record_l == here else step.record_l
            if there not in ways:
                ways[there] = (*ways[here], step)
                open_.append(there)
    return ways.get(end, ())


def tell(judged: Sequence[Judgement], known: Mapping[str, Content]) -> list[Told]:
    """Return what became of each judgement, newest first, by what a run knows of the records."""
    by_pair = {opinion.pair: opinion for opinion in opinions(judged)}
    against: dict[int, set[int]] = {}
    for contradiction in contradictions(judged):
        numbers = {judgement.id for judgement in contradiction.judgements}
        for number in numbers:
            against.setdefault(number, set()).update(numbers - {number})
    return [
        Told(
            judgement,
            _state(judgement, by_pair.get(judgement.pair)),
            has_changed(judgement, known),
            any(record not in known for record in judgement.pair),
            tuple(sorted(against.get(judgement.id, ()))),
        )
        for judgement in reversed(judged)
    ]


def has_changed(judgement: Judgement, known: Mapping[str, Content]) -> bool:
    """Return whether either record says something else now than when the judgement was made."""
    now = digest_of(judgement.pair, known)
    return None not in (now, judgement.digest) and now != judgement.digest


def _state(judgement: Judgement, opinion: Opinion | None) -> str:
    if judgement.withdrawn_at or opinion is None:
        return "withdrawn"
    if judgement not in opinion.votes:
        return "overruled"
    if opinion.disputed and opinion.waiting:
        return "disputed"
    if judgement == opinion.counts or (
        opinion.counts and judgement.verdict == opinion.counts.verdict
    ):
        return "counts"
    return "waits" if opinion.waiting else "overruled"


def to_take_effect(
    judged: Sequence[Judgement], known: Mapping[str, Content], applied: Applied
) -> int:
    """Return how many decisions a run does not show yet, by what it knows and was told.

    A verdict that counts waits where the run was not told of it and has it otherwise; one that the
    run was told and that counts no more, as it was withdrawn, where the run still has it so.
    """
    counting = {each.pair: each.counts.verdict for each in opinions(judged) if each.counts}
    refused = {step.pair for contradiction in contradictions(judged) for step in contradiction.same}
    told = {pair: applied[pair] for pair in {each.pair for each in judged} & applied.keys()}
    new = {pair for pair in counting.keys() - refused if told.get(pair) != counting[pair]}
    waiting = {pair for pair in new if _as_said(pair, counting[pair], known) is False}
    old = {pair for pair in told if counting.get(pair) != told[pair]}
    return len(waiting | {pair for pair in old if _as_said(pair, told[pair], known)})


def _as_said(pair: Sequence[str], verdict: Choice, known: Mapping[str, Content]) -> bool | None:
    """Return whether a run has two records as a verdict says; None where neither can be said."""
    persons = [known[record].person_id for record in pair if record in known]
    if verdict == "unsure" or len(persons) < len(pair):
        return None
    return (len(set(persons)) == 1) is (verdict == "same")
