"""Which dates a criterion holds against a day, read out of its text.

In: a criterion that reaches a person's own. Out: each date of the person, or of what the person is
involved in, that it compares with a day, and how. Every word of the text must be known and every
day compared with one such date, as a condition by itself. Of any other text nothing is concluded,
so that no way of writing a criterion can make a refresh miss anybody.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pei_graph.criteria.packs import Criterion
from pei_graph.graph import OWN

DATES = {"person": ("birth_date",), "involvement": ("from", "to")}
"""By label, in small letters as all words here: the dates that may be compared with a day."""

SIDES = ("<", "<=", ">", ">=")

KNOWN = frozenset(
    {"match", "optional", "where", "with", "unwind", "return", "distinct", "order", "by", "asc",
     "desc", "as", "and", "or", "xor", "not", "is", "null", "in", "starts", "ends", "contains",
     "case", "when", "then", "else", "end", "true", "false", "count", "sum", "min", "max", "avg",
     "collect", "size", "coalesce", "abs", "round", "floor", "ceil", "sqrt", "lower", "upper",
     "trim", "left", "right", "substring"}
)  # fmt: skip
"""Words that mean the same on every day. None but ``AS`` and ``IN`` gives anything a name."""

MARKS = frozenset("()[]{}:,.+-*/%|=<>") | {"<=", ">=", "<>", "<-", "->"}

COMMENTS = {("/", "/"), ("/", "*")}

BEFORE = frozenset({"where", "and", "or", "xor", "not", "when", "("})
AFTER = frozenset(
    {"and", "or", "xor", "then", ")", "with", "return", "match", "optional", "unwind", ""}
)
"""What stands around a comparison that is a condition by itself."""

PROJECTED = frozenset({"with", "distinct", ","})
"""What stands before an expression that is given a name."""

NOTHING = ("*", ".", "*")
"""In the place of a node and its property: there is no node of that name."""

LABELS = frozenset(each.lower() for each in OWN)

_WORD = re.compile(
    r"""\$?[a-z_]\w*|'[^'\\]*'|"[^"\\]*"|\d+(?:\.\d+)?|<=|>=|<>|<-|->|\S""", re.IGNORECASE
)
_EDGE = [""] * 8
"""Stands around a text, so that each of its words has neighbours."""


@dataclass(frozen=True, slots=True)
class Held:
    """A date that a criterion holds against a day."""

    date: str
    side: str
    parameter: str
    """The day is its value."""


def dates_held(criterion: Criterion) -> frozenset[Held] | None:
    """Return each date that a criterion holds against a day; None where a day may do more there.

    Whatever else such a criterion finds depends upon no day.
    """
    parameters = criterion.header.parameters
    words = [*_EDGE, *_WORD.findall(criterion.text.lower()), *_EDGE]
    if not _are_known(words, {f"${name}" for name in parameters}):
        return None
    days = {f"${name}" for name, each in parameters.items() if each.moves}
    held = [_held(words, at) for at, word in enumerate(words) if word in days]
    found = frozenset(each for each in held if each)
    return found if all(held) else None


def _are_known(words: Sequence[str], parameters: Collection[str]) -> bool:
    comments = any(pair in COMMENTS for pair in pairwise(words))
    return not comments and all(
        word in parameters or word in MARKS or _is_literal(word) or _is_name(words, at)
        for at, word in enumerate(words)
        if word
    )


def _is_literal(word: str) -> bool:
    return word[0].isdigit() or (word[0] in "'\"" and len(word) > 1)


def _is_name(words: Sequence[str], at: int) -> bool:
    """Return whether a word is known, or names what the text has or has named."""
    before, word, after = words[at - 1 : at + 2]
    if word in KNOWN or not word.isidentifier() or after == "(":
        return word in KNOWN
    is_property = before == "."
    is_entry = after == ":" and before in ("{", ",")
    is_label = before in (":", "|") and word in LABELS
    return is_property or is_entry or is_label or bool(_named(words, word))


def _named(words: Sequence[str], name: str) -> list[int]:
    """Return where a name is given to something."""
    return [
        at
        for at, word in enumerate(words)
        if word == name and words[at - 1] != "." and _names(*words[at - 1 : at + 2])
    ]


def _names(before: str, _: str, after: str) -> bool:
    return before == "as" or after == "in" or (before in ("(", "[") and after == ":")


def _held(words: Sequence[str], at: int) -> Held | None:
    """Return the date that is held against the day at a place, if that is all it is there for."""
    side, start = words[at - 1], at - (4 if words[at - 3] == "." else 2)
    if side not in SIDES or words[start - 1] not in BEFORE or words[at + 1] not in AFTER:
        return None
    date = _date(words, words[start : at - 1])
    return Held(date, side, words[at].removeprefix("$")) if date else None


def _date(words: Sequence[str], said: Sequence[str]) -> str | None:
    """Return which date is meant: a node's, or by a name one, the first or the last of them."""
    node, *_, date = said if len(said) > 1 else _meant(words, *said)
    named = _named(words, node)
    if len(named) != 1:
        return None
    before, _, colon, label, after = words[named[0] - 1 : named[0] + 4]
    in_pattern = before == "(" and colon == ":" and after in (")", "{")
    return date if in_pattern and date in DATES.get(label, ()) else None


def _meant(words: Sequence[str], name: str) -> Sequence[str]:
    """Return the node, a dot and the property that a name stands for, or what is none."""
    named = _named(words, name)
    if len(named) != 1 or words[named[0] - 1] != "as":
        return NOTHING
    end = named[0] - 1
    first, bracket, *meant, closed = words[end - 6 : end]
    if closed == ")" and bracket == "(" and first in ("min", "max"):
        before = words[end - 7]
    else:
        before, meant = words[end - 4], list(words[end - 3 : end])
    return meant if before in PROJECTED and meant[1] == "." else NOTHING
