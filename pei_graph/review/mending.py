"""Splitting a person and joining two, put as judgements on well-chosen pairs of records.

A person is made by evidence, not by hand: whoever mends one says of pairs of records whether they
are one human being, and the next run does the rest. Few judgements are better than many, since each
must hold for ever; where few do not bring about what was meant, all that it takes are given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pei_graph.ledger import Choice

Weights = Mapping[tuple[str, str], float]
"""Bits of the links there are, by pair in order: the strongest tie is the one to judge."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A verdict that has not been given yet; ``record_l`` < ``record_r``."""

    record_l: str
    record_r: str
    verdict: Choice

    @property
    def pair(self) -> tuple[str, str]:
        """Return the two records, in order."""
        return self.record_l, self.record_r


def proposed(left: str, right: str, verdict: Choice) -> Proposed:
    """Return a verdict on two records in either order."""
    record_l, record_r = sorted((left, right))
    return Proposed(record_l, record_r, verdict)


def to_join(one: Sequence[str], other: Sequence[str], weights: Weights) -> list[list[Proposed]]:
    """Return what says that two persons are one: first as little as may do, then all of it."""
    left, right = _strongest(one, other, weights)
    rest = [record for record in (*one, *other) if record not in (left, right)]
    little = [proposed(left, right, "same")]
    return [little, [*little, *(proposed(left, record, "same") for record in rest)]]


def to_move(
    moved: Sequence[str],
    rest: Sequence[str],
    weights: Weights,
    *,
    to: Sequence[str] = (),
) -> list[list[Proposed]]:
    """Return what says that some records of a person are somebody else.

    First as little as may do, then all of it. ``to`` are the records of the person that they belong
    to; where there are none they are a person of their own. The records moved are held together.
    """
    left, right = _strongest(moved, rest, weights)
    together = [proposed(left, record, "same") for record in moved if record != left]
    if to:
        together.append(proposed(*_strongest(moved, to, weights), "same"))
    apart = [proposed(left, record, "different") for record in rest if record != right]
    little = [*together, proposed(left, right, "different")]
    return [little, [*little, *apart]]


def _strongest(one: Sequence[str], other: Sequence[str], weights: Weights) -> tuple[str, str]:
    """Return the pair between the two that the strongest link ties, the first where none does."""
    pairs = [(left, right) for left in sorted(one) for right in sorted(other)]

    def weight(pair: tuple[str, str]) -> float:
        low, high = sorted(pair)
        return weights.get((low, high), float("-inf"))

    return max(pairs, key=weight)
