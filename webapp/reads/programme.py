"""Where a family stands on the government programme, as the programme's register has it.

In: the facts of a family's involvements. Out: one line of the overview's head.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Fact = Mapping[str, Any]

CASE, REVIEW = "programme_case", "programme_review"


@dataclass(frozen=True, slots=True)
class Standing:
    """What the register says of a family: the newest case, and the newest review since it began."""

    status: str | None
    since: date | None
    until: date | None
    reviewed: date | None
    outcome: str | None
    people: int
    """How many the register names in that case."""

    @property
    def begun(self) -> str:
        """Return what happened on the day it begins: a case that is closed had been enrolled."""
        return "enrolled" if self.status == "closed" else self.status or "a case since"


def standing(facts: Iterable[Fact]) -> Standing | None:
    """Return where a family stands by facts in order, the newest first; None of no case.

    Of several cases of one day the last in the programme's course counts: enrolled, not proposed.
    """
    told = list(facts)
    cases = [fact for fact in told if fact["type"] == CASE]
    if not cases:
        return None
    case = max(cases, key=_how_far)
    reviews = [fact for fact in told if fact["type"] == REVIEW and _later(fact, case)]
    last = reviews[0] if reviews else {"since": None, "status": None}
    return Standing(
        status=case["status"],
        since=case["since"],
        until=case["until"],
        reviewed=last["since"],
        outcome=last["status"],
        people=len({each["person_id"] for each in cases if _how_far(each) == _how_far(case)}),
    )


def _how_far(case: Fact) -> tuple[date, bool]:
    return case["since"] or date.min, case["status"] != "proposed"


def _later(review: Fact, case: Fact) -> bool:
    return (review["since"] or date.min) >= (case["since"] or date.min)
