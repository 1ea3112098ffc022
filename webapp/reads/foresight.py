"""What a verdict would change, worked out before it is given."""

from collections.abc import Sequence

from pei_graph.contract import read_contracts
from pei_graph.foresee import Foreseen, TooMuch, foresee
from pei_graph.ledger import opinions
from pei_graph.review import Proposed
from webapp.reads.review import visible_history
from webapp.runs import reader, sight

__all__ = ["Foreseen", "read_foresight"]


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
                read_contracts(),
                as_of=reader().as_of,
                judged=judged,
                proposals=proposals,
                hidden=seen.hidden_records,
            )
    except TooMuch:
        return None
