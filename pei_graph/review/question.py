"""What a reviewer may be asked, and how likely the answer is to change what stands."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Literal

from pei_graph.ledger import Judgement

Kind = Literal["join", "split", "again"]
"""Whether two persons may be one, one may be two, or a judged pair has changed since."""

BAND = 2
"""Bits of weight that one stratum spans."""

LOWEST, HIGHEST = -4, 12
"""Bits between which strata are told apart."""

TRUSTED_ANSWERS = 10
"""Answers in a stratum that weigh as much as what is expected before anybody has answered."""

OPEN_CASE = 1.5
"""By how much a question counts for more where an agency is working with the person now."""

EXPECTED: Mapping[str, float] = {
    "accepted": 1.5, "possible": 0.5, "outweighed": -5.0, "identifier_conflict": 2.0, "sex": 2.0,
    "forename": 2.0, "birth_date": -2.5, "age_band": -4.0, "numbers_differ": -3.0,
}  # fmt: skip
"""Log odds, in bits, that two persons are one, by what stands between their strongest pair: that
clustering kept them apart, that the pair scored too little, that others of their records outweigh
it, or what forbids it. A mistyped letter for the sex is commoner than another birth date. These
only begin the order: answers replace them, stratum by stratum."""

TWICE = 3.0
"""Bits that each source which knows both sides under ids of their own speaks against one person."""

FRAGMENT = 2
"""Pairs of records up to which a missing piece is small. Somebody known well, by many records, whom
only a doubtful link ties to another is seldom that other: doubt grows with the square."""

SURE = 2.0
"""Bits by which a join that stands is better than its weakest link, for clustering looked at it."""

SETTLED = 3.0
"""Bits that a possible link weighs at least where the household settled it: what it lacked is what
the people around it say. On four invented councils and a held-out one 12 of 193 were two people."""


@dataclass(frozen=True, slots=True)
class Question:
    """Two records, and what a verdict on them would settle.

    ``settled`` counts the pairs of records that the answer puts right if it is not what stands now.
    """

    kind: Kind
    record_l: str
    record_r: str
    person_l: str
    person_r: str
    weight: float | None = None
    match_key: str = ""
    state: str = ""
    veto: str | None = None
    torn: bool = False
    twice: int = 0
    settled: int = 1
    open_case: bool = False
    chance: float = 0.0
    """How likely the answer is to change what stands."""

    @property
    def pair(self) -> tuple[str, str]:
        """Return the two records, in order."""
        return self.record_l, self.record_r

    @property
    def stratum(self) -> str:
        """Return the name of the questions that are about as likely to be answered alike."""
        band = min(max(self.weight or 0, LOWEST), HIGHEST) // BAND * BAND
        held = "never" if not self.twice else "once" if self.twice == 1 else "often"
        return f"{self.kind} {self.veto or self.state} {band:+.0f} twice {held}"

    @property
    def priority(self) -> float:
        """Return the pairs of records that the answer is expected to put right."""
        return self.chance * self.settled * (OPEN_CASE if self.open_case else 1.0)


def expected(question: Question) -> float:
    """Return how likely the answer is to change what stands, before anybody has answered."""
    if question.kind == "again":
        return 1.0
    if question.kind == "split":
        least = SETTLED if question.state == "possible" else 0.0
        bits = TWICE * question.twice - SURE - max(question.weight or 0.0, least)
    else:
        what = question.veto or question.state
        bits = EXPECTED.get(what, 0.0) - TWICE * question.twice
        if what != "accepted":
            bits -= 2 * max(log2(question.settled / FRAGMENT), 0.0)
    return 1 / (1 + 2**-bits)


class Answers:
    """How many questions of each stratum were answered, and how many changed what stood."""

    def __init__(self, judged: Iterable[Judgement]) -> None:
        """Count the answers to questions that the queue asked; withdrawn ones and *unsure* not."""
        self._given: Counter[str] = Counter()
        self._changing: Counter[str] = Counter()
        for judgement in judged:
            if judgement.shown == "queue" and judgement.stratum and not judgement.withdrawn_at:
                self._count(judgement.stratum, judgement.verdict)

    def _count(self, stratum: str, verdict: str) -> None:
        changing = "different" if stratum.startswith("split") else "same"
        self._given[stratum] += verdict != "unsure"
        self._changing[stratum] += verdict == changing

    def chance(self, question: Question) -> float:
        """Return how likely the answer is to change what stands, learnt from answers so far."""
        stratum = question.stratum
        before = expected(question) * TRUSTED_ANSWERS
        return (before + self._changing[stratum]) / (TRUSTED_ANSWERS + self._given[stratum])


def in_order(questions: Sequence[Question]) -> list[Question]:
    """Return the questions, those first from which most is expected; ties in order of records."""
    return sorted(questions, key=lambda question: (-question.priority, question.pair))
