"""What a verdict would change, worked out before it is given."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from flask import current_app
from flask_login import current_user

from pei_graph.foresee import Foreseen, TooMuch, foresee
from pei_graph.ledger import Judgement, opinions
from pei_graph.review import Proposed
from webapp.reads.review import visible_history
from webapp.runs import reader, sight

__all__ = ["Foreseen", "one_at_a_time", "read_foresight"]


@contextmanager
def one_at_a_time(who: str) -> Iterator[bool]:
    """Give whether nothing was being worked out for ``who``; until the body ends, something is.

    It takes a second or more, and whoever judges faster has gone on: without this what nobody reads
    any more would be worked out many times over, and everybody else would wait.
    """
    working: set[str] = current_app.extensions.setdefault("foreseeing", set())
    if who in working:
        yield False
        return
    working.add(who)
    try:
        yield True
    finally:
        working.discard(who)


def read_foresight(*proposals: Sequence[Proposed]) -> list[Foreseen] | None:
    """Return what each of the proposals would change, as this request's user may see it.

    *Same* is taken to count, though a second person may have to agree first; any other verdict as
    it counts beside what others said. None where that is too much to be worked out while somebody
    waits.
    """
    made = visible_history()
    judged = [opinion.counts for opinion in opinions(made) if opinion.counts]
    counted = [[_as_it_counts(one, made) for one in each] for each in proposals]
    seen = sight()
    try:
        with seen.asking() as con:
            return foresee(
                con,
                reader().contracts,
                register=reader().register,
                as_of=reader().as_of,
                judged=judged,
                proposals=counted,
                hidden=seen.hidden_records,
            )
    except TooMuch:
        return None


def _as_it_counts(one: Proposed, made: Sequence[Judgement]) -> Proposed:
    """Return the verdict that would count on the pair once this request's user gave this one."""
    if one.verdict == "same":
        return one
    vote = Judgement(0, *one.pair, one.verdict, current_user.name, why="", at="")
    [said] = opinions([*(each for each in made if each.pair == one.pair), vote])
    return replace(one, verdict=said.counts.verdict) if said.counts else one
