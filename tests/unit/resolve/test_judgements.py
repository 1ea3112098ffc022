"""Human verdicts outrank the model."""

from typing import Any


def test_same_joins_what_the_model_left_apart(town: Any) -> None:
    """A verdict *same* joins two records without any link."""
    town.records("a:1", "b:1")
    town.judge("b:1", "a:1", "same")
    town.resolve()
    assert town.people() == {frozenset({"a:1", "b:1"})}


def test_different_parts_what_the_model_joined(town: Any, couple: tuple[str, str]) -> None:
    """A verdict *different* parts two records, and they are no candidates for each other."""
    town.judge(*couple, "different")
    town.resolve()
    assert town.people() == {frozenset({record}) for record in couple}
    assert town.rows("SELECT * FROM members WHERE state = 'possible'") == []


def test_different_blocks_whole_clusters(town: Any) -> None:
    """A verdict *different* keeps the two whole groups apart, however they are linked."""
    town.records("a:1", "a:2", "b:1", "b:2")
    town.link("a:1", "a:2", 20.0)
    town.link("b:1", "b:2", 20.0)
    town.link("a:1", "b:1", 19.0, reason="identifier")
    town.judge("a:2", "b:2", "different")
    town.resolve()
    assert town.people() == {frozenset({"a:1", "a:2"}), frozenset({"b:1", "b:2"})}


def test_unsure_keeps_the_model_from_settling_a_pair(town: Any, couple: tuple[str, str]) -> None:
    """A verdict *unsure* leaves an accepted pair as candidates."""
    town.judge(*couple, "unsure")
    town.resolve()
    assert town.people() == {frozenset({record}) for record in couple}
    assert len(town.rows("SELECT * FROM members WHERE state = 'possible'")) == len(couple)


def test_same_explains_a_veto_against_the_twin_in_judgement(town: Any) -> None:
    """A record judged the same as one of a person's does not drive away that person's others."""
    town.record("a:1", forename="testa")
    town.record("b:1", forename="testa")
    town.record("c:1", forename="tilda")
    town.link("a:1", "b:1", 20.0)
    town.judge("b:1", "c:1", "same")
    town.resolve()
    assert town.people() == {frozenset({"a:1", "b:1", "c:1"})}


def test_contradicting_verdicts_keep_people_apart_and_are_reported(town: Any) -> None:
    """Where *same* would join what *different* parts, *different* holds and an issue says so."""
    town.records("a:1", "b:1", "c:1")
    town.judge("a:1", "b:1", "same")
    town.judge("b:1", "c:1", "same")
    town.judge("a:1", "c:1", "different")
    town.resolve()
    assert town.people() == {frozenset({"a:1", "b:1"}), frozenset({"c:1"})}
    assert town.rows("SELECT rule, rows FROM issues") == [("judgements_contradict", 1)]


def test_verdict_on_a_record_not_delivered_is_reported(town: Any) -> None:
    """A verdict whose record is in no delivery binds nothing and is counted."""
    town.records("a:1")
    town.judge("a:1", "gone:1", "same")
    town.resolve()
    assert town.people() == {frozenset({"a:1"})}
    assert town.rows("SELECT rule, rows FROM issues") == [("judgement_on_unknown_record", 1)]


def test_newest_verdict_on_a_pair_counts(town: Any, couple: tuple[str, str]) -> None:
    """Of two verdicts on one pair, in either order, the last binds."""
    town.judge(*couple, "different")
    town.judge(*reversed(couple), "same")
    town.resolve()
    assert town.people() == {frozenset(couple)}
