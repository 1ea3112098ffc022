"""Who works with a family now: whom to ring, about whom and what.

In: the facts of a family's involvements. Out: one worker after another, whoever began last first. A
worker whom two systems name is one worker.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from webapp.reads.cells import cell, is_open

Fact = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody whom an agency names in an involvement that goes on."""

    name: str
    telephones: tuple[str, ...]
    lines: tuple[str, ...]
    """What they are involved for, and since when."""
    people: tuple[str, ...]
    """The ids of those whom it is about."""
    sources: tuple[str, ...]


def workers(facts: Iterable[Fact], on: date) -> tuple[Worker, ...]:
    """Return who is named in what goes on ``on`` that day, in the order of ``facts``."""
    named = defaultdict(list)
    for fact in facts:
        if fact["worker"] and is_open(fact, on):
            named[fact["worker"].casefold()].append(fact)
    return tuple(_worker(group, on) for group in named.values())


def _worker(facts: Sequence[Fact], on: date) -> Worker:
    return Worker(
        name=facts[0]["worker"],
        telephones=_each(facts, "telephone"),
        lines=cell(facts, on).lines,
        people=_each(facts, "person_id"),
        sources=_each(facts, "source"),
    )


def _each(facts: Iterable[Fact], what: str) -> tuple[str, ...]:
    """Return what facts say of one thing, each value once, in their order."""
    return tuple(dict.fromkeys(fact[what] for fact in facts if fact[what]))
