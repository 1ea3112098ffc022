"""Human verdicts stay as they were made, and can be withdrawn."""

import pytest
from sqlalchemy.exc import DBAPIError

from pei_graph.errors import PeiError
from pei_graph.ledger import (
    Choice,
    Entry,
    Ledger,
    Seen,
    Showing,
    history,
    judge,
    opinions,
    recent,
    verify,
    withdraw,
)

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


def test_a_verdict_sent_twice_is_one(ledger: Ledger) -> None:
    """The same words on the same contents are said once, until somebody says or sees otherwise."""
    told = Entry("testa", "judge")

    def said(*, by: str = "testa", digest: str = "d1") -> int:
        return judge(
            ledger, PAIR, verdict="same", by=by, why="a test", seen=Seen("m1", digest), told=told
        )

    first = said()
    assert said() == first
    assert len(recent(ledger, 9)) == 1
    assert said(digest="d2") != first
    assert said(by="tim") != first
    again = said()
    withdraw(ledger, again, "testa")
    assert said() != again
    assert len(history(ledger)) == 5


def test_a_record_is_not_judged_against_itself(ledger: Ledger) -> None:
    """One record twice is no pair."""
    with pytest.raises(PeiError, match="against itself"):
        judge(ledger, ("asp:N1", "asp:N1"), verdict="same", by="testa", why="")


@pytest.mark.parametrize(
    "change",
    ["UPDATE judgements SET why = 'x'", "UPDATE judgements SET id = 9", "DELETE FROM judgements"],
)
def test_the_database_refuses_changes(ledger: Ledger, change: str) -> None:
    """What was judged cannot be rewritten or deleted through the database."""
    judge(ledger, PAIR, verdict="same", by="testa", why="same mother")
    with pytest.raises(DBAPIError, match="written once"), ledger.engine.begin() as con:
        con.exec_driver_sql(change)


def test_a_withdrawal_stands(ledger: Ledger) -> None:
    """What was withdrawn cannot be made to count again, nor laid at another's door."""
    withdraw(ledger, judge(ledger, PAIR, verdict="same", by="testa", why="a slip"), "tim")
    for change in ("withdrawn_at = NULL", "withdrawn_by = 'testa'"):
        with pytest.raises(DBAPIError, match="written once"), ledger.engine.begin() as con:
            con.exec_driver_sql(f"UPDATE judgements SET {change}")


def _verdicts(ledger: Ledger, *said: tuple[str, Choice]) -> None:
    """Each person said this of the pair, whose join is risky."""
    for by, verdict in said:
        showing = Showing(four_eyes=verdict == "same")
        judge(ledger, PAIR, verdict=verdict, by=by, why="seen", showing=showing)


@pytest.mark.parametrize(
    ("said", "counting"),
    [
        ([("testa", "same")], []),
        ([("testa", "same"), ("testa", "same")], []),
        ([("testa", "same"), ("tim", "same")], ["same"]),
        ([("testa", "same"), ("tim", "different")], ["different"]),
        ([("tim", "different"), ("testa", "same")], ["different"]),
        ([("tim", "different"), ("testa", "same"), ("tilda", "same")], ["same"]),
        ([("tim", "unsure"), ("testa", "same")], ["unsure"]),
        ([("tim", "different")], ["different"]),
    ],
)
def test_a_risky_same_counts_once_two_people_say_it(
    ledger: Ledger, said: list[tuple[str, Choice]], counting: list[str]
) -> None:
    """One person's *same* on a risky join counts for nothing, and never outvotes *different*."""
    _verdicts(ledger, *said)
    assert [judgement.verdict for judgement in ledger.judgements()] == counting


def test_disputes_and_waiting_verdicts_are_told(ledger: Ledger) -> None:
    """Of each pair one can tell whether it waits for a second person and whether people differ."""
    _verdicts(ledger, ("testa", "same"))
    (alone,) = opinions(history(ledger))
    assert (alone.waiting, alone.disputed) == (True, False)
    _verdicts(ledger, ("tim", "different"))
    (disputed,) = opinions(history(ledger))
    assert (disputed.waiting, disputed.disputed) == (True, True)
    _verdicts(ledger, ("tim", "same"))
    (agreed,) = opinions(history(ledger))
    assert (agreed.waiting, agreed.disputed) == (False, False)


def test_how_a_pair_came_to_be_asked_is_kept(ledger: Ledger) -> None:
    """An audited pair keeps what it was drawn from and how likely it was to be drawn."""
    drawn = Showing("audit", "accepted", 0.02)
    judge(ledger, PAIR, verdict="same", by="testa", why="", showing=drawn)
    judge(ledger, PAIR, verdict="same", by="testa", why="")
    audited, asked = history(ledger)
    assert (audited.shown, audited.stratum, audited.chance) == ("audit", "accepted", 0.02)
    assert (asked.shown, asked.stratum, asked.chance) == ("asked", None, None)


def test_a_ledger_made_before_showings_were_kept_still_opens(ledger: Ledger) -> None:
    """Judgements without a word on how they came to be asked count as before."""
    number = judge(ledger, PAIR, verdict="same", by="testa", why="")
    of_table = " ON showings" if ledger.engine.dialect.name == "postgresql" else ""
    with ledger.engine.begin() as con:
        con.exec_driver_sql(f"DROP TRIGGER showing_cut{of_table}")
        con.exec_driver_sql("DELETE FROM showings")
    (kept,) = ledger.judgements()
    assert (kept.id, kept.shown, kept.four_eyes) == (number, None, False)


def test_a_verdict_and_its_audit_entry_stand_together(ledger: Ledger) -> None:
    """The trail tells of the verdict in the same step, and of its withdrawal."""
    told = Entry("testa", "judge", "a test", ["P-1"])
    number = judge(ledger, PAIR, verdict="same", by="testa", why="", told=told)
    withdraw(ledger, number, "testa", told=Entry("testa", "withdraw"))
    assert [entry.action for entry in recent(ledger, 5)] == ["withdraw", "judge"]
    assert verify(ledger).problems == ()
