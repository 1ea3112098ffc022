"""A verdict keeps what was seen, and a risky one waits for a second person."""

from functools import partial
from typing import Any

import pytest

from pei_graph.ledger import Ledger, concerning, history, recent, withdraw
from pei_graph.review import UnknownRecord, dangers, pass_verdict

MOTHER, FATHER, TIM, LOOSE = "lcs:1001", "asp:N1002", "lcs:1022", "asp:N1044"


def test_a_verdict_keeps_what_was_seen_and_is_told(con: Any, ledger: Ledger) -> None:
    """The digest of both records is kept; the trail names the persons, never what is said."""
    pass_verdict(con, ledger, (TIM, LOOSE), verdict="same", by="testa", why="one mother")
    (judgement,) = history(ledger)
    assert len(judgement.digest or "") == 64
    (entry,) = recent(ledger, 1)
    assert (entry.who, entry.action, entry.subjects) == ("testa", "judge", '["P-3", "P-8"]')
    assert "mother" not in entry.detail


@pytest.mark.parametrize(
    ("change", "danger"),
    [
        ("SELECT 1", ()),
        ("UPDATE links SET veto = 'birth_date'", ("vetoed",)),
        ("UPDATE links SET state = 'refused'", ("unfounded",)),
        ("DELETE FROM links", ("unfounded",)),
        ("UPDATE persons SET records = 4", ("large",)),
        ("UPDATE persons SET sealed = true WHERE person_id = 'P-8'", ("sealed",)),
        ("UPDATE members SET person_id = 'P-3' WHERE record_id = 'asp:N1044'", ()),
    ],
)
def test_risky_joins_are_known(con: Any, change: str, danger: tuple[str, ...]) -> None:
    """A join needs four eyes between people known well, across a veto, unfounded or sealed."""
    con.execute(change)
    assert dangers(con, (LOOSE, TIM)) == danger


def test_only_same_needs_four_eyes(con: Any, ledger: Ledger) -> None:
    """Keeping two persons apart is no risk and counts at once."""
    pass_verdict(con, ledger, (MOTHER, FATHER), verdict="same", by="testa", why="")
    assert ledger.judgements() == []
    pass_verdict(con, ledger, (MOTHER, FATHER), verdict="different", by="tim", why="")
    assert [judgement.verdict for judgement in ledger.judgements()] == ["different"]


def test_a_risky_join_that_stands_needs_four_eyes_still(con: Any, ledger: Ledger) -> None:
    """Where both who agreed take it back before the next run, one person alone keeps no join."""
    for who in ("testa", "tim"):
        pass_verdict(con, ledger, (MOTHER, FATHER), verdict="same", by=who, why="")
    con.execute("UPDATE members SET person_id = 'P-1' WHERE record_id = ?", [FATHER])
    for each in history(ledger):
        withdraw(ledger, each.id, each.by)
    pass_verdict(con, ledger, (FATHER, MOTHER), verdict="same", by="tilda", why="")
    assert ledger.judgements() == []
    pass_verdict(con, ledger, (MOTHER, FATHER), verdict="same", by="toby", why="")
    assert [judgement.verdict for judgement in ledger.judgements()] == ["same"]


def test_what_waits_counts_for_what_a_join_risks(con: Any, ledger: Ledger, links: Any) -> None:
    """Two who may not be one are joined by nobody alone through a record that each may be."""
    links.add(LOOSE, MOTHER)
    links.add(LOOSE, FATHER)
    links.add(MOTHER, FATHER, veto="sex", state="refused")
    pass_verdict(con, ledger, (LOOSE, MOTHER), verdict="same", by="testa", why="")
    pass_verdict(con, ledger, (LOOSE, FATHER), verdict="same", by="tim", why="")
    assert [judgement.pair for judgement in ledger.judgements()] == [(LOOSE, MOTHER)]
    assert dangers(con, (LOOSE, FATHER), partial(concerning, ledger)) == ("vetoed",)


def test_what_waits_is_followed_from_one_to_the_next(con: Any, ledger: Ledger, links: Any) -> None:
    """Whom verdicts join through a third is joined too."""
    for pair in ((LOOSE, TIM), (TIM, MOTHER), (LOOSE, FATHER)):
        links.add(*pair)
    links.add(MOTHER, FATHER, veto="sex", state="refused")
    for pair in ((LOOSE, TIM), (MOTHER, TIM)):
        pass_verdict(con, ledger, pair, verdict="same", by="testa", why="")
    assert dangers(con, (LOOSE, FATHER)) == ()
    assert dangers(con, (FATHER, LOOSE), partial(concerning, ledger)) == ("vetoed",)


def test_a_verdict_needs_two_records_of_the_run(con: Any, ledger: Ledger) -> None:
    """A record that nobody delivered is an error that says what an id looks like."""
    with pytest.raises(UnknownRecord, match="source:key"):
        pass_verdict(con, ledger, (TIM, "asp:nobody"), verdict="same", by="testa", why="")
    assert history(ledger) == []
