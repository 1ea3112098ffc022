"""What an agency knows of a person, said in a few words: the cells of the overview's grid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from webapp.format import is_momentary, month, type_title

Fact = Mapping[str, Any]

WHOLE_RECENT_DAYS = 400
"""A fact that ended longer ago than this is told as history: a school year and a term."""
MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """What one agency knows of one person: a few lines, and every fact behind them."""

    lines: tuple[str, ...]
    facts: tuple[Fact, ...]


def cell(facts: Sequence[Fact], on: date) -> Cell:
    """Return the cell of facts about one person from one source, newest first."""
    by_type: dict[str, list[Fact]] = {}
    for fact in sorted(facts, key=lambda fact: not is_open(fact, on)):
        by_type.setdefault(fact["type"], []).append(fact)
    lines = [_line(kind, group, on) for kind, group in by_type.items()]
    if len(lines) > MOST_LINES:
        rest = len(lines) - MOST_LINES + 1
        lines = [*lines[: MOST_LINES - 1], f"and {rest} more"]
    return Cell(tuple(lines), tuple(facts))


def is_open(fact: Fact, on: date) -> bool:
    """Return whether a fact goes on: it has begun, and had not ended by ``on``.

    As criteria have it: nothing goes on any more on the day that it ended.
    """
    if fact["ended"] or (fact["since"] is not None and fact["since"] > on):
        return False
    if fact["until"] is None:
        return not is_momentary(fact["type"])
    return bool(fact["until"] > on)


def attendance(fact: Fact) -> str | None:
    """Return the per cent attended of a fact that counts sessions, to one place."""
    if not fact["total"] or fact["value"] is None:
        return None
    return f"{100 * fact['value'] / fact['total']:.1f} %"


def _line(kind: str, facts: Sequence[Fact], on: date) -> str:
    newest = facts[0]
    title = type_title(kind)
    if figure := attendance(newest):
        return f"Attendance {figure}"
    if is_open(newest, on):
        return f"{title} since {month(newest['since'])}" if newest["since"] else f"{title}: open"
    if len(facts) > 1:
        return f"{title}: {len(facts)}, last {month(newest['since'])}"
    return f"{title}, {_when(newest, on)}"


def _when(fact: Fact, on: date) -> str:
    until = fact["until"]
    if until is not None and (on - until).days > WHOLE_RECENT_DAYS:
        return f"ended {until.year}"
    since = month(fact["since"] or until)
    return f"{since}, ended" if fact["ended"] else since
