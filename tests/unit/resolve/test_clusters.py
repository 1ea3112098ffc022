"""Links become persons: what joins records, and what holds them apart."""

from typing import Any

import pytest


def test_linked_records_are_one_person_and_others_alone(town: Any) -> None:
    """Records joined by accepted links are one person; a record without links is one by itself."""
    town.records("a:1", "b:1", "c:1", "d:1")
    town.link("a:1", "b:1")
    town.link("b:1", "c:1")
    town.resolve()
    assert town.people() == {frozenset({"a:1", "b:1", "c:1"}), frozenset({"d:1"})}


def test_no_records_make_no_persons(town: Any) -> None:
    """An empty town resolves to empty tables."""
    town.resolve()
    assert town.people() == set()
    assert town.rows("SELECT * FROM families") == []


@pytest.mark.parametrize("state", ["possible", "refused"])
def test_only_accepted_links_join(town: Any, state: str) -> None:
    """A link that is not accepted joins nobody."""
    town.records("a:1", "b:1")
    town.link("a:1", "b:1", state=state)
    town.resolve()
    assert town.people() == {frozenset({"a:1"}), frozenset({"b:1"})}


def test_veto_between_pair_never_scored_holds_chain_apart(town: Any) -> None:
    """A record linked to two that contradict each other goes with the stronger link."""
    town.record("a:1", forename="testa")
    town.record("b:1", forename="tim")
    town.record("c:1", forename=None)
    town.link("a:1", "c:1", 8.0)
    town.link("b:1", "c:1", 9.0)
    town.resolve()
    assert town.people() == {frozenset({"a:1"}), frozenset({"b:1", "c:1"})}


def test_scored_veto_holds_chain_apart(town: Any) -> None:
    """A veto that stands in LINKS holds two records apart like any other."""
    town.records("a:1", "b:1", "c:1")
    town.link("a:1", "c:1", 9.0)
    town.link("b:1", "c:1", 8.0)
    town.link("a:1", "b:1", 12.0, veto="birth_date", state="refused")
    town.resolve()
    assert town.people() == {frozenset({"a:1", "c:1"}), frozenset({"b:1"})}


def test_whole_clusters_are_held_apart_by_one_veto(town: Any) -> None:
    """One vetoed pair between two groups keeps the groups apart, not just the pair."""
    town.records("a:1", "a:2", "b:1")
    town.record("b:2", sex="M")
    town.con.execute("UPDATE records SET sex = 'F' WHERE record_id = 'a:2'")
    town.link("a:1", "a:2", 20.0)
    town.link("b:1", "b:2", 20.0)
    town.link("a:1", "b:1", 15.0)
    town.resolve()
    assert town.people() == {frozenset({"a:1", "a:2"}), frozenset({"b:1", "b:2"})}


def test_agreeing_identifiers_outrank_as_many_vetoes(town: Any) -> None:
    """An identifier joins across one veto: a changed forename does not part a person."""
    town.record("a:1", forename="testa")
    town.record("b:1", forename=None)
    town.record("c:1", forename="tilda")
    town.link("a:1", "b:1", 30.0, reason="identifier")
    town.link("b:1", "c:1", 29.0, reason="identifier")
    town.resolve()
    assert town.people() == {frozenset({"a:1", "b:1", "c:1"})}


def test_one_identifier_does_not_outrank_many_vetoes(town: Any) -> None:
    """One number typed into a twin's record does not mix the twins."""
    for number in (1, 2, 3):
        town.record(f"a:{number}", forename="testa")
        town.record(f"b:{number}", forename="tim")
    for twin in ("a", "b"):
        town.link(f"{twin}:1", f"{twin}:2", 30.0)
        town.link(f"{twin}:2", f"{twin}:3", 30.0)
    town.link("a:1", "b:1", 25.0, reason="identifier")
    town.resolve()
    assert town.people() == {
        frozenset({"a:1", "a:2", "a:3"}),
        frozenset({"b:1", "b:2", "b:3"}),
    }


@pytest.mark.parametrize("level", [0, None])
def test_two_names_of_one_person_explain_each_other(town: Any, level: int | None) -> None:
    """Links of two forenames taken for one person's outweigh as many vetoes by forename."""
    for number in (1, 2):
        town.record(f"a:{number}", forename="testa")
    town.record("b:1", forename="mona")
    town.link("a:1", "a:2", 30.0)
    levels = {"forename": level, "surname": 1, "birth_date": None, "sex": 1, "address": 1}
    town.link("a:1", "b:1", 3.0, levels=levels | {"birth_place": None, "occupation": None})
    town.resolve()
    assert len(town.people()) == (1 if level == 0 else 2)


@pytest.mark.parametrize(("weight", "persons"), [(4.0, 2), (12.0, 1)])
def test_weak_bridge_between_large_groups_splits(town: Any, weight: float, persons: int) -> None:
    """A single weak link does not hold two groups of three together; a strong one does."""
    for group in ("a", "b"):
        town.records(*(f"{group}:{number}" for number in (1, 2, 3)))
        town.link(f"{group}:1", f"{group}:2", 20.0)
        town.link(f"{group}:2", f"{group}:3", 20.0)
    town.link("a:1", "b:1", weight)
    town.resolve()
    assert len(town.people()) == persons


def test_component_beyond_belief_falls_apart_at_its_weakest_links(town: Any) -> None:
    """A chain of hundreds of records is cut at weak links, and strong parts stay whole."""
    count = 240
    town.con.execute(
        """
        INSERT INTO records BY NAME
        SELECT
            'a:' || lpad(i::VARCHAR, 3, '0') AS record_id,
            'a' AS source,
            i::VARCHAR AS source_key,
            'person' AS role,
            [] AS forenames,
            [] AS surnames,
            true AS in_latest,
            false AS sealed
        FROM range(?) t (i)
        """,
        [count],
    )
    for number in range(count - 1):
        weight = 7.0 if number % 8 == 7 else 20.0
        town.link(f"a:{number:03}", f"a:{number + 1:03}", weight)
    town.resolve()
    assert {len(person) for person in town.people()} == {8}


def test_weakest_link_is_that_of_the_strongest_path(town: Any) -> None:
    """Each record states the weakest weight on the strongest path that holds it in its person."""
    town.records("a:1", "b:1", "c:1", "d:1")
    town.link("a:1", "b:1", 20.0)
    town.link("b:1", "c:1", 8.0)
    town.link("a:1", "c:1", 12.0)
    town.resolve()
    weakest = dict(town.rows("SELECT record_id, weakest_link FROM members"))
    assert weakest == {"a:1": 20.0, "b:1": 20.0, "c:1": 12.0, "d:1": None}


def test_possible_links_make_candidates_on_both_sides(town: Any) -> None:
    """A possible link makes each record a candidate for the other's person."""
    town.records("a:1", "b:1")
    town.link("a:1", "b:1", 1.0, state="possible")
    town.resolve()
    ids = town.ids()
    found = town.rows(
        "SELECT record_id, person_id, weakest_link FROM members WHERE state='possible'"
    )
    assert set(found) == {("a:1", ids["b:1"], 1.0), ("b:1", ids["a:1"], 1.0)}


def test_refused_join_leaves_candidate(town: Any) -> None:
    """An accepted link that clustering refuses is kept as a possible one."""
    town.record("a:1", forename="testa")
    town.record("b:1", forename="tim")
    town.record("c:1", forename=None)
    town.link("a:1", "c:1", 8.0)
    town.link("b:1", "c:1", 9.0)
    town.resolve()
    found = town.rows("SELECT record_id, person_id FROM members WHERE state = 'possible'")
    assert set(found) == {("a:1", town.ids()["c:1"]), ("c:1", town.ids()["a:1"])}


@pytest.mark.parametrize(("held_by", "likely"), [(9.0, 0.414), (12.0, 0.2), (30.0, 0.111)])
def test_a_candidate_is_as_likely_as_what_contradicts_it_leaves(
    town: Any, held_by: float, likely: float
) -> None:
    """Of two links that contradict each other the weaker is less than even, whatever it says."""
    town.record("a:1", forename="testa")
    town.record("b:1", forename="tim")
    town.record("c:1", forename=None)
    town.link("a:1", "c:1", 8.0)
    town.link("b:1", "c:1", held_by)
    town.resolve()
    found = dict(town.rows("SELECT record_id, probability FROM members WHERE state = 'possible'"))
    assert found["a:1"] == 0.5
    assert found["c:1"] == pytest.approx(likely, abs=0.001)


def nameless_of_testa(town: Any, held_by: float) -> None:
    """Testa's person holds a record without a name, which may by itself be Tim's."""
    town.record("a:1", forename=None)
    town.record("a:2", forename="testa")
    town.record("b:1", forename="tim")
    town.link("a:1", "a:2", held_by)
    town.link("a:1", "b:1", 1.0, state="possible")


def test_who_cannot_be_the_other_is_no_candidate(town: Any) -> None:
    """A possible link counts no more where other records of the two forbid that they are one."""
    nameless_of_testa(town, held_by=20.0)
    town.resolve()
    assert town.rows("SELECT record_id FROM members WHERE state = 'possible'") == []


def test_a_record_held_no_better_may_be_the_others(town: Any) -> None:
    """The record itself may be of the other person still, if its own holds it hardly better."""
    nameless_of_testa(town, held_by=2.5)
    town.resolve()
    found = town.rows("SELECT record_id, person_id FROM members WHERE state = 'possible'")
    assert found == [("a:1", town.ids()["b:1"])]


def test_what_a_human_leaves_open_stays_a_candidate(town: Any) -> None:
    """Who looked at both records and was unsure has seen more than forbids the two persons."""
    nameless_of_testa(town, held_by=20.0)
    town.judge("a:1", "b:1", "unsure")
    town.resolve()
    assert len(town.rows("SELECT record_id FROM members WHERE state = 'possible'")) == 2


def test_candidates_are_capped_at_the_likeliest(town: Any) -> None:
    """A record that might be anybody names the three likeliest persons only."""
    town.records("a:1", *(f"b:{number}" for number in range(6)))
    for number in range(6):
        town.link("a:1", f"b:{number}", float(number), state="possible")
    town.resolve()
    found = town.rows(
        "SELECT weakest_link FROM members WHERE state = 'possible' AND record_id = 'a:1'"
    )
    assert {row[0] for row in found} == {3.0, 4.0, 5.0}


def test_more_strong_links_than_vetoes_join(town: Any) -> None:
    """One misspelt name does not hold apart two groups that many strong links hold together."""
    town.records("a:1", "a:2", "b:1")
    town.record("b:2", forename="tim")
    town.con.execute("UPDATE records SET forename = 'testa' WHERE record_id = 'a:2'")
    town.link("a:1", "a:2", 20.0)
    town.link("b:1", "b:2", 20.0)
    for left, right in (("a:1", "b:1"), ("a:2", "b:1"), ("a:1", "b:2")):
        town.link(left, right, 12.0)
    town.resolve()
    assert town.people() == {frozenset({"a:1", "a:2", "b:1", "b:2"})}


@pytest.mark.parametrize(("level", "persons"), [(3, 1), (None, 2)])
def test_a_name_between_two_others_explains_them(
    town: Any, level: int | None, persons: int
) -> None:
    """Who bears both of two names, or one between them, joins them; who bears none does not."""
    town.record("a:1", forename="testa")
    town.record("b:1", forename="tim")
    town.record("c:1", forename=None)
    town.link("a:1", "c:1", 8.0)
    town.link("b:1", "c:1", 5.0)
    town.con.execute("UPDATE links SET levels = {'forename': $level}", {"level": level})
    town.resolve()
    assert len(town.people()) == persons
