"""Each pair is before one person at a time."""

import pytest

from pei_graph.ledger import Ledger, Showing, held, judge, leases, lend

FIRST, SECOND = ("asp:N1", "ehm:EH1"), ("asp:N2", "ehm:EH2")
OFFERS = [(FIRST, Showing("queue", "join")), (SECOND, Showing("audit", "accepted", 0.1))]


def test_two_people_get_two_pairs(ledger: Ledger) -> None:
    """What one person has before them is offered to nobody else."""
    assert lend(ledger, OFFERS, "testa") == FIRST
    assert lend(ledger, OFFERS, "tim") == SECOND
    assert lend(ledger, OFFERS, "tilda") is None


def test_a_lease_tells_its_holder_alone_how_the_pair_was_chosen(ledger: Ledger) -> None:
    """How a pair came to be shown is known to the server, for whoever holds it."""
    lend(ledger, OFFERS[1:], "tim")
    assert held(ledger, "tim") == (SECOND, Showing("audit", "accepted", 0.1))
    assert held(ledger, "testa") is None


def test_a_new_pair_gives_the_old_one_back(ledger: Ledger) -> None:
    """One person holds one pair: asking for another frees the first."""
    lend(ledger, OFFERS, "testa")
    lend(ledger, OFFERS[1:], "testa")
    assert lend(ledger, OFFERS, "tim") == FIRST


def test_a_forgotten_pair_comes_back(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lease ends by itself, and holds only until somebody else asks for a pair."""
    monkeypatch.setattr(leases, "LEASE_MINUTES", -1)
    lend(ledger, OFFERS, "testa")
    assert held(ledger, "testa") is not None
    assert lend(ledger, OFFERS, "tim") == FIRST
    assert held(ledger, "testa") is None


def test_a_judged_pair_is_no_longer_before_the_person(ledger: Ledger) -> None:
    """The verdict and the end of its lease are one step, so that no pair is shown again."""
    lend(ledger, OFFERS, "testa")
    judge(ledger, FIRST, verdict="same", by="testa", why="")
    assert held(ledger, "testa") is None
