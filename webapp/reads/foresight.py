"""What a verdict would change, worked out before it is given."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from flask import current_app

from pei_graph.foresee import Foreseen, TooMuch, foresee
from pei_graph.ledger import opinions
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

    None where that is too much to be worked out while somebody waits.
    """
    judged = [opinion.counts for opinion in opinions(visible_history()) if opinion.counts]
    seen = sight()
    try:
        with seen.asking() as con:
            return foresee(
                con,
                reader().contracts,
                as_of=reader().as_of,
                judged=judged,
                proposals=proposals,
                hidden=seen.hidden_records,
            )
    except TooMuch:
        return None
