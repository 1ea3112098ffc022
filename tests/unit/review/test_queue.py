"""What is asked, in which order, and what is no longer asked."""

from typing import Any

import duckdb
import pytest

from pei_graph.ledger import Choice, Judgement, Ledger, history, judge, withdraw
from pei_graph.review import for_a_second_person, pass_verdict, queue

MOTHER, FATHER, TIM, SISTER, BABY = "lcs:1001", "asp:N1002", "lcs:1022", "lcs:1023", "lcs:1024"
LOOSE, SCHOOL = "asp:N1044", "capita_one:A800000000001"


def pairs(con: duckdb.DuckDBPyConnection, ledger: Ledger) -> list[tuple[str, str]]:
    """Return the pairs of the queue, in order."""
    return [question.pair for question in queue(con, history(ledger))]


def say(
    con: Any, ledger: Ledger, left: str, right: str, verdict: Choice, *, by: str = "testa"
) -> int:
    """A verdict on the pair stands."""
    return pass_verdict(con, ledger, (left, right), verdict=verdict, by=by, why="seen")


def believe(con: Any, record: str, other: str) -> None:
    """The record is a candidate for the person of the other."""
    con.execute(
        "INSERT INTO members (record_id, person_id, state)"
        " SELECT ?, person_id, 'possible' FROM members WHERE record_id = ? AND state = 'accepted'",
        [record, other],
    )


def test_two_persons_are_asked_about_once(con: Any, ledger: Ledger, links: Any) -> None:
    """Of the links between two persons only the strongest is asked about."""
    links.add(LOOSE, TIM, 3.0)
    links.add(LOOSE, SCHOOL, 1.0)
    assert pairs(con, ledger) == [(LOOSE, TIM)]


def test_what_settles_more_records_comes_first(con: Any, ledger: Ledger, links: Any) -> None:
    """Of two questions alike in chance, the one between persons of more records is first."""
    links.add(LOOSE, BABY)
    links.add(LOOSE, TIM)
    assert pairs(con, ledger) == [(LOOSE, TIM), (LOOSE, BABY)]


def test_a_weak_link_inside_a_person_is_asked_about(con: Any, ledger: Ledger, links: Any) -> None:
    """Where one weak link alone holds a record in, the person may be two."""
    links.add("lcs:1022", SCHOOL, 4.5, state="accepted")
    con.execute("UPDATE members SET weakest_link = 4.5 WHERE record_id = 'lcs:1022'")
    con.execute("UPDATE members SET weakest_link = 9 WHERE record_id LIKE 'capita_one:%01'")
    (question,) = queue(con, history(ledger))
    assert (question.kind, question.settled) == ("split", 1)


def test_who_is_held_in_well_is_not_asked_about(con: Any, ledger: Ledger, links: Any) -> None:
    """Where a number holds a record in, it is no question that others there say little of it."""
    links.add(TIM, SCHOOL, 23.0, state="accepted")
    links.add(TIM, LOOSE, -2.0)
    con.execute("UPDATE members SET person_id = 'P-3', weakest_link = 39 WHERE state = 'accepted'")
    con.execute("UPDATE members SET weakest_link = 23 WHERE record_id = ?", [TIM])
    assert pairs(con, ledger) == []


@pytest.mark.parametrize("verdict", ["same", "different", "unsure"])
def test_a_judged_pair_is_not_asked_again(
    con: Any, ledger: Ledger, links: Any, verdict: Choice
) -> None:
    """Whatever the verdict, neither the pair nor another between the two persons comes again."""
    links.add(LOOSE, TIM)
    links.add(LOOSE, SCHOOL, 1.0)
    number = say(con, ledger, LOOSE, SCHOOL, verdict)
    assert pairs(con, ledger) == []
    withdraw(ledger, number, "testa")
    assert pairs(con, ledger) == [(LOOSE, TIM)]


def test_what_follows_from_verdicts_is_not_asked(con: Any, ledger: Ledger, links: Any) -> None:
    """Where A is B and B is not C, nobody is asked whether A is C."""
    links.add(LOOSE, TIM)
    links.add(BABY, LOOSE)
    links.add(BABY, SISTER)
    say(con, ledger, LOOSE, TIM, "same")
    say(con, ledger, TIM, BABY, "different")
    assert pairs(con, ledger) == [(SISTER, BABY)]


def test_changed_records_come_back_first(con: Any, ledger: Ledger, links: Any) -> None:
    """A judged pair whose records say something else now is asked about again, before all."""
    links.add(BABY, SISTER, 8.0, state="accepted")
    links.add(LOOSE, TIM)
    say(con, ledger, LOOSE, TIM, "different")
    con.execute("UPDATE records SET surname_given = 'Roe' WHERE record_id = 'asp:N1044'")
    first, second = queue(con, history(ledger))
    assert (first.kind, first.pair, second.pair) == ("again", (LOOSE, TIM), (SISTER, BABY))


def test_who_is_outvoted_on_changed_records_is_not_asked_for_ever(
    con: Any, ledger: Ledger, links: Any
) -> None:
    """Changed records that somebody has judged since are asked about no more, whatever counts."""
    links.add(MOTHER, FATHER, veto="sex", state="refused")
    for who in ("testa", "tilda"):
        say(con, ledger, MOTHER, FATHER, "same", by=who)
    con.execute("UPDATE records SET surname_given = 'Roe' WHERE record_id = ?", [FATHER])
    assert pairs(con, ledger) == [(FATHER, MOTHER)]
    say(con, ledger, MOTHER, FATHER, "different", by="toby")
    assert [vote.verdict for vote in ledger.judgements()] == ["same"]
    assert pairs(con, ledger) == []


def test_another_delivery_of_the_same_changes_nothing(con: Any, ledger: Ledger, links: Any) -> None:
    """A record that is delivered again as it was is no reason to look again."""
    links.add(LOOSE, TIM)
    say(con, ledger, LOOSE, TIM, "different")
    con.execute("UPDATE records SET row = 99, last_seen = DATE '2026-10-31', delivery_id = 'new'")
    assert pairs(con, ledger) == []


def test_a_second_person_is_asked_and_not_the_first(con: Any, ledger: Ledger, links: Any) -> None:
    """A risky join waits for somebody who has not judged it."""
    links.add(MOTHER, FATHER, veto="sex", state="refused")
    say(con, ledger, MOTHER, FATHER, "same", by="testa")
    assert pairs(con, ledger) == []
    assert for_a_second_person(history(ledger), "testa") == []
    assert for_a_second_person(history(ledger), "tim") == [(FATHER, MOTHER)]


def test_answers_teach_the_order(con: Any, ledger: Ledger, links: Any) -> None:
    """Where people keep finding a kind of pair to be one person, such pairs rise."""
    links.add(LOOSE, SISTER, 2.5)
    believe(con, LOOSE, SISTER)
    (before,) = queue(con, [])
    judged = [
        Judgement(n, f"a:{n}", f"b:{n}", "same", "t", "", "", shown="queue", stratum=before.stratum)
        for n in range(40)
    ]
    (after,) = queue(con, judged)
    assert before.chance < 0.6
    assert after.chance == pytest.approx((before.chance * 10 + 40) / 50)


def test_answers_asked_for_elsewhere_teach_nothing(con: Any, ledger: Ledger, links: Any) -> None:
    """A verdict that somebody gave unasked says nothing of what the queue asks."""
    links.add(LOOSE, SISTER, 2.5)
    (before,) = queue(con, [])
    judge(ledger, (BABY, TIM), verdict="same", by="testa", why="")
    assert queue(con, history(ledger)) == [before]


def test_what_the_two_persons_outweigh_is_asked_late(con: Any, ledger: Ledger, links: Any) -> None:
    """A possible link between two persons of whom nobody is a candidate for the other can wait."""
    links.add(LOOSE, BABY)
    links.add(SISTER, BABY)
    first, second = queue(con, history(ledger))
    assert (first.state, second.state) == ("outweighed", "outweighed")
    believe(con, second.record_l, second.record_r)
    again, _ = queue(con, history(ledger))
    assert (again.pair, again.state) == (second.pair, "possible")
    assert again.chance > 10 * second.chance


def test_what_a_household_settled_is_no_weak_join(con: Any, links: Any) -> None:
    """That a link says little by itself is no doubt where the people around decided."""
    links.add(TIM, SCHOOL, 0.0, state="accepted")
    con.execute("UPDATE members SET weakest_link = 0 WHERE record_id = ?", [TIM])
    con.execute("UPDATE members SET weakest_link = 9 WHERE record_id = ?", [SCHOOL])
    (accepted,) = queue(con, [])
    con.execute("UPDATE links SET state = 'possible'")
    (settled,) = queue(con, [])
    assert settled.chance < accepted.chance / 4


def test_a_source_that_knows_both_speaks_against_one_person(con: Any, links: Any) -> None:
    """Two ids in one system seldom are one human being."""
    links.add(LOOSE, SISTER, 2.5)
    links.add(BABY, SISTER, 2.5)
    alone, twice = queue(con, [])
    assert (alone.pair, alone.twice, twice.twice) == ((LOOSE, SISTER), 0, 1)
    assert twice.chance < alone.chance
