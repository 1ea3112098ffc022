"""Which rules would have brought two records up for comparison, and on which value each fails.

In: a run's blocking rules and two rows of ``comparables``. Out: the rules in words, with what each
record has where they do not meet. A pair that meets no rule, shares no identifier and keeps no
company was never compared.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pei_graph.explain import words
from pei_graph.explain.reading import Connection, Row, run

_AND = re.compile(r"\s+AND\s+")
_FIELD = re.compile(r"\bl\.(\w+)")

HIDDEN = ("place", "root", "initial", "initials")
"""Fields whose value is made by the product and says nothing to a reader beside what it is made of.
"""


@dataclass(frozen=True, slots=True)
class Lack:
    """A value on which a rule fails, as each record has it."""

    field: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that brings records up for comparison: the same in each of these fields."""

    needs: tuple[str, ...]
    lacks: tuple[Lack, ...]

    @property
    def met(self) -> bool:
        """Return whether the pair meets the rule."""
        return not self.lacks


def rules(con: Connection, blocking: Sequence[str]) -> tuple[Rule, ...]:
    """Return each rule with what the two records in the table ``asked`` lack for it."""
    parts = list(dict.fromkeys(part for rule in blocking for part in _AND.split(rule)))
    met = ", ".join(f"coalesce({part}, false)" for part in parts)
    [row] = run(
        con, f"SELECT l, r, [{met}] AS met FROM asked AS l JOIN asked AS r ON l.n < r.n", {}
    )
    holds = dict(zip(parts, row["met"], strict=True))
    return tuple(_rule(rule, holds, row["l"], row["r"]) for rule in blocking)


def _rule(rule: str, holds: dict[str, bool], left: Row, right: Row) -> Rule:
    fields = [(part, _fields(part)) for part in _AND.split(rule)]
    return Rule(
        needs=tuple(words.field(name) for _, names in fields for name in names),
        lacks=tuple(
            Lack(words.field(name), _shown(name, left), _shown(name, right))
            for part, names in fields
            if not holds[part]
            for name in names
        ),
    )


def _fields(part: str) -> list[str]:
    return list(dict.fromkeys(_FIELD.findall(part)))


def _shown(field: str, record: Row) -> str:
    """Return a value for a reader; of a key that the product made, only whether there is one."""
    value = record.get(field)
    if value in (None, []):
        return "none"
    if field in HIDDEN:
        return "another" if field == "place" else str(value)
    return _day(str(value)) if field == "birth_date" else str(value)


def _day(digits: str) -> str:
    """Return a day as people say it, or the digits of one that no calendar has."""
    try:
        return words.day(datetime.strptime(digits, "%Y%m%d").date())  # noqa: DTZ007 - a date
    except ValueError:
        return digits
