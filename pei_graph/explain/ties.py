"""What ties the records of one person together, and in which order it joined them.

In: the links among a person's records, strongest first, and human verdicts, oldest first. Out: the
ties in force, the joins that made the person (a maximum spanning tree, after Kruskal 1956), the
bridges without which the person would fall apart, and the strongest path between two records. A
person has a few records, seldom more than thirty, so plain loops are enough.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from pei_graph.explain.reading import Row
from pei_graph.ledger import Judgement, opinions

Kind = Literal["judgement", "identifier", "model", "household"]

JUDGED = 99.0
"""Bits shown for a human verdict: above any of the model."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One thing that holds two records together. ``weight`` is in bits."""

    record_l: str
    record_r: str
    weight: float
    kind: Kind
    match_key: str = ""

    def other(self, record: str) -> str:
        """Return the record at the other end."""
        return self.record_r if record == self.record_l else self.record_l


@dataclass(frozen=True, slots=True)
class Join:
    """A tie that joined two parts, with the records each of them had by then."""

    tie: Tie
    left: int
    right: int
    bridge: bool


def counting(judgements: Sequence[Judgement]) -> dict[tuple[str, str], Judgement]:
    """Return the judgement that counts on each pair, of those given oldest first."""
    return {one.pair: one.counts for one in opinions(judgements) if one.counts}


def ties_of(links: Iterable[Row], judgements: Sequence[Judgement]) -> list[Tie]:
    """Return the ties in force, in the order in which they join.

    What a veto forbids ties nothing; what was only possible counts, since the people around it may
    have settled it, but after all that needed no such help.
    """
    standing = counting(judgements)
    judged = [
        Tie(*pair, JUDGED, "judgement") for pair, one in standing.items() if one.verdict == "same"
    ]
    linked = [
        Tie(link["record_l"], link["record_r"], link["weight"], _kind(link), link["match_key"])
        for link in links
        if _holds(link) and (link["record_l"], link["record_r"]) not in standing
    ]
    return sorted([*judged, *linked], key=_rank)


def _holds(link: Row) -> bool:
    if link["state"] == "accepted":
        return True
    return link["state"] == "possible" and link["veto"] is None


def _kind(link: Row) -> Kind:
    if link["state"] != "accepted":
        return "household"
    return "identifier" if link["reason"] == "identifier" else "model"


def _rank(tie: Tie) -> tuple[bool, bool, float, str, str]:
    return tie.kind != "judgement", tie.kind == "household", -tie.weight, tie.record_l, tie.record_r


def joins(ties: Sequence[Tie]) -> list[Join]:
    """Return the ties that joined what was apart, in order, each with the sizes it joined."""
    part: dict[str, set[str]] = {}
    made = []
    for tie in ties:
        left = part.setdefault(tie.record_l, {tie.record_l})
        right = part.setdefault(tie.record_r, {tie.record_r})
        if left is right:
            continue
        made.append(Join(tie, len(left), len(right), bridge=_is_bridge(tie, ties)))
        left |= right
        part.update(dict.fromkeys(right, left))
    return made


def _is_bridge(bridge: Tie, ties: Sequence[Tie]) -> bool:
    """Return whether nothing else holds the two ends of a tie together."""
    return bridge.record_r not in reached(bridge.record_l, [tie for tie in ties if tie != bridge])


def reached(start: str, ties: Iterable[Tie]) -> dict[str, Tie | None]:
    """Return every record that ties lead to from one, with the tie by which each is reached."""
    beside: dict[str, list[Tie]] = {}
    for tie in ties:
        beside.setdefault(tie.record_l, []).append(tie)
        beside.setdefault(tie.record_r, []).append(tie)
    found: dict[str, Tie | None] = {start: None}
    open_ = [start]
    for record in open_:
        for tie in beside.get(record, ()):
            if tie.other(record) not in found:
                found[tie.other(record)] = tie
                open_.append(tie.other(record))
    return found


def strongest_path(start: str, end: str, ties: Sequence[Tie]) -> list[Tie]:
    """Return the ties from one record to another whose weakest is as strong as can be."""
    back = reached(start, [join.tie for join in joins(ties)])
    path: list[Tie] = []
    record = end
    while (tie := back.get(record)) is not None:
        path.append(tie)
        record = tie.other(record)
    return path[::-1]
