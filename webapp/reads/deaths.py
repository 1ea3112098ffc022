"""What a death means for what else is told of a person."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from webapp.reads.cells import is_open

Fact = Mapping[str, Any]


def stated(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return which sources say by which day somebody had died, the earliest first."""
    told = (fact for fact in facts if fact["type"] == "death" and fact["since"])
    return tuple(sorted(told, key=lambda fact: (fact["since"], fact["source"])))


def as_it_stands(fact: dict[str, Any], died: date | None) -> dict[str, Any]:
    """Return a fact about a person since the day of their death, by which what went on has ended.

    What began after it, as an enquiry into the death, goes on.
    """
    return {**fact, "ended": "died"} if died and is_open(fact, died) else fact


def begun_since(facts: Iterable[Fact], said_died: date | None, on: date) -> Fact | None:
    """Return the newest of the facts, which come newest first, that began after a death."""
    if said_died is None:
        return None
    others = (fact for fact in facts if fact["since"] and fact["type"] != "death")
    return next((fact for fact in others if said_died < fact["since"] <= on), None)
