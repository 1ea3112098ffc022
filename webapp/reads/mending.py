"""What a person's page asks when somebody mends a person: by which judgements, and what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from pei_graph.review import DANGERS, Proposed, dangers, to_join, to_move
from webapp.reads.foresight import Foreseen, read_foresight
from webapp.reads.review import seen_concerning
from webapp.runs import sight


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants: these records of a person to be somebody else, or two to be one.

    With no ``moved`` record the whole person is to be one with ``other``. Without ``other`` the
    records are to be a person of their own.
    """

    person_id: str
    moved: tuple[str, ...]
    other: str | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The judgements that bring a wish about, what follows of them, and why that is risky."""

    judgements: tuple[Proposed, ...]
    foreseen: Foreseen | None
    comes_about: bool
    risks: tuple[str, ...]


def records_of(person_id: str) -> list[str]:
    """Return the records of a person that this request's user may see."""
    return [row["record_id"] for row in sight().rows("person_held", {"person_id": person_id})]


def problem_with(wish: Wish) -> str | None:
    """Return what is wrong with a wish, for whoever made it."""
    held = records_of(wish.person_id)
    if not set(wish.moved) <= set(held):
        return "Tick records of this person only"
    if wish.moved and len(wish.moved) == len(held):
        return "Leave at least one record: to join the whole person with another, tick none"
    if wish.other is None:
        return None if wish.moved else "Tick the records that are somebody else"
    if wish.other == wish.person_id:
        return "Give another person's id than this one's"
    if not records_of(wish.other):
        return "There is no such person: give an id as their page shows it, such as P-12"
    return None


def plan(wish: Wish) -> Plan:
    """Return the fewest judgements that bring the wish about, or all there are to give."""
    held = records_of(wish.person_id)
    theirs = records_of(wish.other) if wish.other else []
    weights = _weights([*held, *theirs])
    rest = [record for record in held if record not in wish.moved]
    ways = (
        to_move(wish.moved, rest, weights, to=theirs)
        if wish.moved
        else to_join(held, theirs, weights)
    )
    together = [*wish.moved, *theirs] if wish.moved else [*held, *theirs]
    apart = rest if wish.moved else []
    tried = list(zip_longest(ways, read_foresight(*ways) or ()))
    good = [one for one in tried if one[1] and _comes_about(one[1], together, apart)]
    chosen, follows = (good or tried[-1:])[0]
    return Plan(tuple(chosen), follows, bool(good), _risks(chosen))


def _weights(records: Sequence[str]) -> dict[tuple[str, str], float]:
    rows = sight().rows("person_weights", {"records": list(records)})
    return {(row["record_l"], row["record_r"]): row["weight"] for row in rows}


def _comes_about(foreseen: Foreseen, together: Sequence[str], apart: Sequence[str]) -> bool:
    """Return whether those records are one person, and none of the others is in it."""
    whole = set(together)
    return any(
        whole <= person.records and not person.records & set(apart)
        for person in foreseen.after.persons.values()
    )


def _risks(chosen: Sequence[Proposed]) -> tuple[str, ...]:
    with sight().asking() as con:
        found = {
            danger
            for one in chosen
            if one.verdict == "same"
            for danger in dangers(con, one.pair, seen_concerning)
        }
    return tuple(words for danger, words in DANGERS.items() if danger in found)
