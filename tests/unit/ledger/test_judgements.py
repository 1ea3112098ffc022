"""Human verdicts stay as they were made, and can be withdrawn."""

import sqlite3
from contextlib import closing

import pytest

from pei_graph.errors import PeiError
from pei_graph.ledger import Ledger, Seen, history, judge, withdraw

PAIR = ("ehm:EH1", "asp:N1")


def test_the_newest_verdict_counts(ledger: Ledger) -> None:
    """Of several verdicts on a pair the newest stands, its records in order."""
    judge(ledger, PAIR, verdict="same", by="testa", why="same mother")
    judge(ledger, reversed_pair(), verdict="unsure", by="tim", why="twins?", seen=Seen("m1", "d1"))
    (standing,) = ledger.judgements()
    assert (standing.record_l, standing.record_r) == ("asp:N1", "ehm:EH1")
    assert (standing.verdict, standing.by, standing.model) == ("unsure", "tim", "m1")


def reversed_pair() -> tuple[str, str]:
    """The pair the other way round."""
    return PAIR[1], PAIR[0]


def test_a_withdrawn_verdict_gives_way_to_the_one_before(ledger: Ledger) -> None:
    """Withdrawing leaves the verdict in the history and the earlier one standing."""
    judge(ledger, PAIR, verdict="same", by="testa", why="same mother")
    mistake = judge(ledger, PAIR, verdict="different", by="tim", why="a slip")
    withdraw(ledger, mistake, "tim")
    assert [judgement.verdict for judgement in ledger.judgements()] == ["same"]
    assert [judgement.withdrawn_by for judgement in history(ledger)] == [None, "tim"]
    with pytest.raises(PeiError, match="no such judgement"):
        withdraw(ledger, mistake, "tim")


def test_a_record_is_not_judged_against_itself(ledger: Ledger) -> None:
    """One record twice is no pair."""
    with pytest.raises(PeiError, match="against itself"):
        judge(ledger, ("asp:N1", "asp:N1"), verdict="same", by="testa", why="")


@pytest.mark.parametrize("change", ["UPDATE judgements SET why = 'x'", "DELETE FROM judgements"])
def test_the_database_refuses_changes(ledger: Ledger, change: str) -> None:
    """What was judged cannot be rewritten or deleted through the database."""
    judge(ledger, PAIR, verdict="same", by="testa", why="same mother")
    file = str(ledger.engine.url.database)
    with closing(sqlite3.connect(file)) as con, pytest.raises(sqlite3.Error, match="written once"):
        con.execute(change)
