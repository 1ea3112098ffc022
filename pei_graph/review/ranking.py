"""The order of questions: uncertainty times impact, learnt from the answers so far.

In: questions as columns, and judgements. Out: the same in order, each with its chance: how likely
the answer is to change what stands. A row becomes a :class:`.Question` when somebody comes to it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from pei_graph.ledger import Judgement
from pei_graph.review.scripts import SQL

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
    "birth_order": -3.0,
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
class _Answers:
    """How many questions of each stratum were answered, and how many changed what stood."""

    given: Counter[str]
    changing: Counter[str]


def ranked(
    con: duckdb.DuckDBPyConnection, asked: pa.Table, judged: Sequence[Judgement]
) -> pa.Table:
    """Return the questions by what is expected of their answer, settled ones too."""
    answers = _answers(judged)
    strata = list(answers.given)
    con.register("questions", asked)
    found = con.sql(
        SQL.text("ranked"),
        params={
            "strata": strata,
            "given": [answers.given[stratum] for stratum in strata],
            "changing": [answers.changing[stratum] for stratum in strata],
            "trusted": TRUSTED_ANSWERS,
            "between": list(EXPECTED),
            "bits": list(EXPECTED.values()),
            "each_twice": TWICE,
            "fragment": FRAGMENT,
            "sure": SURE,
            "settled": SETTLED,
            "lowest": LOWEST,
            "highest": HIGHEST,
            "band": BAND,
            "open_case": OPEN_CASE,
        },
    ).to_arrow_table()
    con.unregister("questions")
    return found


def _answers(judged: Iterable[Judgement]) -> _Answers:
    """Count the answers to questions that the queue asked; withdrawn ones and *unsure* not."""
    found = _Answers(Counter(), Counter())
    for judgement in judged:
        stratum, verdict = judgement.stratum, judgement.verdict
        if judgement.shown == "queue" and stratum and not judgement.withdrawn_at:
            found.given[stratum] += verdict != "unsure"
            found.changing[stratum] += verdict == _changing(stratum)
    return found


def _changing(stratum: str) -> str:
    """Return the verdict that says something else than what stands."""
    return "different" if stratum.startswith("split") else "same"
