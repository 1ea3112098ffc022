"""What became of each judgement, and which contradict each other."""

from typing import Any

from pei_graph.ledger import Choice, Ledger, history, judge, withdraw
from pei_graph.review import (
    Told,
    contradictions,
    judged_contents,
    pass_verdict,
    tell,
    to_take_effect,
)

TIM, SCHOOL, LOOSE, BABY = "lcs:1022", "capita_one:A800000000001", "asp:N1044", "lcs:1024"


def say(
    con: Any, ledger: Ledger, left: str, right: str, verdict: Choice, *, by: str = "testa"
) -> int:
    """A verdict on the pair stands."""
    return pass_verdict(con, ledger, (left, right), verdict=verdict, by=by, why="seen")


def test_contradicting_judgements_are_named(ledger: Ledger) -> None:
    """A *different* is shown with the shortest chain of *same* that contradicts it."""
    judge(ledger, ("a:1", "b:1"), verdict="same", by="testa", why="")
    judge(ledger, ("b:1", "c:1"), verdict="same", by="tim", why="")
    judge(ledger, ("c:1", "d:1"), verdict="same", by="tim", why="")
    judge(ledger, ("a:1", "c:1"), verdict="different", by="tilda", why="")
    (found,) = contradictions(history(ledger))
    assert found.different.by == "tilda"
    assert [(step.id, step.by) for step in found.same] == [(1, "testa"), (2, "tim")]
    withdraw(ledger, 2, "tim")
    assert contradictions(history(ledger)) == []


def what_became(con: Any, ledger: Ledger) -> list[Told]:
    """Return what became of every judgement."""
    made = history(ledger)
    return tell(made, judged_contents(con, made))


def test_every_judgement_is_told_with_what_became_of_it(
    con: Any, ledger: Ledger, links: Any
) -> None:
    """Newest first: what counts, waits, is disputed, was overruled or withdrawn."""
    links.add(LOOSE, TIM, veto="sex", state="refused")
    links.add(LOOSE, BABY)
    say(con, ledger, LOOSE, TIM, "same")
    say(con, ledger, LOOSE, BABY, "same")
    say(con, ledger, LOOSE, BABY, "different")
    withdraw(ledger, say(con, ledger, TIM, SCHOOL, "unsure"), "testa")
    told = what_became(con, ledger)
    assert [entry.state for entry in told] == ["withdrawn", "counts", "overruled", "waits"]
    say(con, ledger, LOOSE, TIM, "different", by="tim")
    assert what_became(con, ledger)[0].state == "disputed"


def test_changed_and_vanished_records_are_flagged(con: Any, ledger: Ledger, links: Any) -> None:
    """A judgement on records that say something else, or are gone, counts and is marked."""
    links.add(LOOSE, TIM)
    say(con, ledger, LOOSE, TIM, "same")
    con.execute("UPDATE identifiers SET value = 'X1'")
    con.execute("INSERT INTO identifiers VALUES ('asp:N1044', 'upn', 'X1', true)")
    (changed,) = what_became(con, ledger)
    assert (changed.state, changed.changed, changed.gone) == ("counts", True, False)
    con.execute("DELETE FROM members WHERE record_id = 'asp:N1044'")
    (gone,) = what_became(con, ledger)
    assert (gone.state, gone.changed, gone.gone) == ("counts", False, True)


def test_verdicts_that_the_run_does_not_show_are_counted(
    con: Any, ledger: Ledger, links: Any
) -> None:
    """A *same* across persons and a *different* inside one wait for the next run.

    What the run was told waits no more, also where something else refused it, until withdrawn.
    """
    links.add(LOOSE, TIM)
    say(con, ledger, LOOSE, TIM, "same")
    say(con, ledger, TIM, SCHOOL, "different")
    say(con, ledger, LOOSE, BABY, "different")
    made = history(ledger)
    assert to_take_effect(made, judged_contents(con, made), {}) == 2
    refused = {(LOOSE, TIM): "same", (LOOSE, BABY): "different"}
    assert to_take_effect(made, judged_contents(con, made), refused) == 1
    withdraw(ledger, made[-1].id, "testa")
    later = history(ledger)
    assert to_take_effect(later, judged_contents(con, later), refused) == 2
