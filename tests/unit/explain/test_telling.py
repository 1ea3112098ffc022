"""What is said of a pair is what was done with it."""

import pytest

from pei_graph.explain.pair import PairExplanation
from pei_graph.explain.telling import tell_pair
from pei_graph.explain.waterfall import Waterfall
from pei_graph.ledger import Judgement

JUDGED = Judgement(1, "a:1", "b:1", "different", "ann", "Saw both.", "2026-11-01T12:00:00+00:00")


@pytest.mark.parametrize(
    ("judgements", "says"),
    [((JUDGED,), "the decision stands against it"), ((), "what else is known of the two people")],
)
def test_what_keeps_two_apart_is_named(judgements: tuple[Judgement, ...], says: str) -> None:
    """Of records that would be joined for themselves, a decision is told where it keeps them so."""
    pair = PairExplanation(
        record_l="a:1",
        record_r="b:1",
        sources=("a", "b"),
        persons=("P-1", "P-2"),
        state="accepted",
        reason="model",
        match_key="+forename",
        waterfall=Waterfall(prior=0.0, steps=(), weight=11.0, probability=0.99),
        values=(),
        further=(),
        shared=(),
        turned=(),
        veto=None,
        judgements=judgements,
        outdated=None,
        path=(),
        rules=(),
    )
    (said,) = [each for each in tell_pair(pair, {}) if "would be enough" in each]
    assert says in said
