"""Ids stay with what they name, from run to run."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from pei_graph.errors import WorkspaceError
from pei_graph.resolve import write_log


def test_ids_follow_the_order_of_record_ids(town: Any) -> None:
    """First ids are given in the order of each person's first record id, and logged."""
    town.records("c:1", "a:1", "b:1")
    town.link("a:1", "c:1")
    town.resolve()
    assert town.ids() == {"a:1": "P-1", "c:1": "P-1", "b:1": "P-2"}
    assert town.log() == {("P-1", "create", None), ("P-2", "create", None)}


def test_unchanged_input_changes_no_id_and_logs_nothing(town: Any, couple: Any) -> None:
    """A second run on the same input gives the same ids and an empty log."""
    town.address("home")
    town.lives(couple[0], "home")
    town.resolve()
    before = town.ids(), town.families()
    town.resolve()
    assert (town.ids(), town.families()) == before
    assert town.log() == set()


def test_oldest_id_survives_a_join(town: Any) -> None:
    """Two persons found to be one keep the older id; the younger one names its heir."""
    town.records("a:1", "b:1", "b:2")
    town.link("b:1", "b:2")
    town.resolve()
    town.link("a:1", "b:1")
    town.resolve()
    assert set(town.ids().values()) == {"P-1"}
    assert town.log() == {("P-2", "join", "P-1")}


def test_largest_part_keeps_the_id_on_a_split(town: Any) -> None:
    """Of a person found to be two, the larger part keeps the id; the other gets a new one."""
    town.records("a:1", "b:1", "c:1")
    town.link("a:1", "b:1")
    town.link("b:1", "c:1")
    town.resolve()
    town.judge("a:1", "b:1", "different")
    town.judge("a:1", "c:1", "different")
    town.resolve()
    assert town.ids() == {"a:1": "P-2", "b:1": "P-1", "c:1": "P-1"}
    assert town.log() == {("P-2", "split", "P-1")}


def test_why_a_part_has_another_id_is_said_as_it_was(town: Any) -> None:
    """Where the rest of a person was joined to somebody else, no larger part kept the id."""
    town.records("a:1", "b:1", "c:1", "d:1")
    town.link("c:1", "d:1")
    town.resolve()
    town.judge("c:1", "d:1", "different")
    town.judge("a:1", "c:1", "same")
    town.resolve()
    assert town.ids()["a:1"] == town.ids()["c:1"]
    reasons = town.rows("SELECT reason FROM identity_log WHERE event = 'split'")
    assert reasons == [("the other part was joined to somebody else",)]


def test_retired_id_resolves_to_its_latest_heir(town: Any) -> None:
    """An id joined into one that is joined in its turn leads to the last heir in the register."""
    town.records("a:1", "b:1", "c:1")
    town.resolve()
    town.link("b:1", "c:1")
    town.resolve()
    town.link("a:1", "b:1")
    town.resolve()
    heirs = town.rows("SELECT id, person_id FROM identity_register WHERE kind = 'retired'")
    assert set(heirs) == {("P-2", "P-1"), ("P-3", "P-1")}


def heirs(town: Any) -> dict[str, str]:
    """Return what every id that is no longer used leads to."""
    return dict(town.rows("SELECT id, heir FROM heirs"))


@pytest.mark.parametrize("largest", ["a", "b"])
def test_a_join_that_is_undone_leaves_every_id_as_it_was(town: Any, largest: str) -> None:
    """Whoever has most records now: the id in an old letter is again of whom it was."""
    town.records("a:1", "b:1", f"{largest}:2")
    town.link(f"{largest}:1", f"{largest}:2")
    town.resolve()
    before = town.ids()
    assert set(before.values()) == {"P-1", "P-2"}
    town.judge("a:1", "b:1", "same")
    town.resolve()
    assert (set(town.ids().values()), heirs(town)) == ({"P-1"}, {"P-2": "P-1"})
    town.resolve()
    town.judgements.clear()
    town.resolve()
    assert (town.ids(), heirs(town)) == (before, {})
    assert town.log() == {("P-2", "split", "P-1")}
    town.resolve()
    assert (town.ids(), heirs(town), town.log()) == (before, {}, set())


def test_joins_are_undone_one_after_another(town: Any) -> None:
    """Of three that were joined in two steps each is called again as it was, in either order."""
    town.records("a:1", "b:1", "c:1")
    town.resolve()
    before = town.ids()
    town.judge("b:1", "c:1", "same")
    town.resolve()
    town.judge("a:1", "b:1", "same")
    town.resolve()
    assert heirs(town) == {"P-2": "P-1", "P-3": "P-1"}
    last = town.judgements.pop()
    town.resolve()
    assert (town.ids()["b:1"], town.ids()["c:1"], heirs(town)) == ("P-2", "P-2", {"P-3": "P-2"})
    town.judgements[:] = [last]
    town.resolve()
    assert town.ids() == {"a:1": "P-1", "b:1": "P-1", "c:1": "P-3"}
    town.judgements.clear()
    town.resolve()
    assert (town.ids(), heirs(town)) == (before, {})


def test_an_id_leads_to_whoever_has_most_of_what_it_named(town: Any) -> None:
    """Its records were joined to somebody, and then found to be of a third: older or younger."""
    town.records("a:1", "a:2", "b:1", "b:2", "c:1")
    town.link("b:1", "b:2")
    town.resolve()
    town.judge("a:1", "b:1", "same")
    town.resolve()
    assert heirs(town) == {"P-3": "P-1"}
    town.judgements.clear()
    town.judge("a:2", "b:1", "same")
    town.resolve()
    assert town.ids() == {"a:1": "P-1", "a:2": "P-2", "b:1": "P-2", "b:2": "P-2", "c:1": "P-4"}
    assert (heirs(town), town.log()) == ({"P-3": "P-2"}, {("P-3", "join", "P-2")})
    town.judgements.clear()
    town.judge("c:1", "b:1", "same")
    town.resolve()
    assert town.ids() == {"a:1": "P-1", "a:2": "P-2", "b:1": "P-3", "b:2": "P-3", "c:1": "P-3"}
    assert heirs(town) == {"P-4": "P-3"}
    town.resolve()
    assert (heirs(town), town.log()) == ({"P-4": "P-3"}, set())


def test_what_is_done_and_undone_again_and_again_uses_no_more_ids(town: Any) -> None:
    """Where a join parts somebody, undoing it makes them one again, by the id that they had."""
    town.records("a:1", "b:1", "c:1")
    town.link("b:1", "c:1", 4.0)
    town.resolve()
    before = town.ids()
    assert before == {"a:1": "P-1", "b:1": "P-2", "c:1": "P-2"}
    for _ in range(3):
        town.judge("a:1", "b:1", "same")
        town.judge("a:1", "c:1", "different")
        town.resolve()
        assert town.ids() == {"a:1": "P-1", "b:1": "P-1", "c:1": "P-3"}
        town.judgements.clear()
        town.resolve()
        assert (town.ids(), heirs(town)) == (before, {"P-3": "P-2"})
    assert town.log() == {("P-2", "split", "P-1"), ("P-3", "join", "P-2")}


def test_a_record_that_returns_takes_no_id_away(town: Any) -> None:
    """It was of a person before a join; who stayed as they were is called as they were."""
    town.records("a:1", "b:1")
    town.resolve()
    town.link("a:1", "b:1")
    town.resolve()
    town.forget("links")
    town.forget("records", "record_id = 'a:1'")
    town.resolve()
    assert town.ids() == {"b:1": "P-1"}
    town.records("a:1")
    town.resolve()
    assert town.ids() == {"a:1": "P-3", "b:1": "P-1"}


def test_a_lesser_part_is_not_called_as_the_whole_was(town: Any) -> None:
    """Half of what an id named, or less, is somebody new where it is split off."""
    town.records("a:1", "b:1", "b:2")
    town.link("b:1", "b:2")
    town.resolve()
    town.judge("a:1", "b:1", "same")
    town.resolve()
    town.judge("b:2", "a:1", "different")
    town.judge("b:2", "b:1", "different")
    town.resolve()
    assert town.ids() == {"a:1": "P-1", "b:1": "P-1", "b:2": "P-3"}
    assert heirs(town) == {"P-2": "P-1"}


def test_number_is_never_given_twice(town: Any) -> None:
    """A new person gets a number above every one ever given, also after the highest retired."""
    town.records("a:1", "b:1")
    town.resolve()
    town.link("a:1", "b:1")
    town.resolve()
    town.records("c:1")
    town.resolve()
    assert town.ids() == {"a:1": "P-1", "b:1": "P-1", "c:1": "P-3"}


def test_person_whose_delivery_returns_has_the_old_id(town: Any) -> None:
    """Records absent for a run retire their person; back again, they have the id they had."""
    town.records("a:1", "b:1")
    town.resolve()
    town.forget("records", "record_id = 'a:1'")
    town.resolve()
    assert town.log() == {("P-1", "retire", None)}
    town.resolve()
    assert town.log() == set()
    town.records("a:1")
    town.resolve()
    assert town.ids() == {"a:1": "P-1", "b:1": "P-2"}
    assert town.log() == {("P-1", "create", None)}
    assert town.rows("SELECT * FROM identity_register WHERE kind = 'retired'") == []


def test_family_keeps_its_id_when_all_move(town: Any) -> None:
    """A family that moves house together is the same family."""
    town.records("a:1", "b:1")
    town.address("old")
    town.address("new")
    for record in ("a:1", "b:1"):
        town.lives(record, "old")
    town.resolve()
    assert town.families() == {"F-1": {"P-1", "P-2"}}
    town.forget("facts")
    for record in ("a:1", "b:1"):
        town.lives(record, "new")
    town.resolve()
    assert town.families() == {"F-1": {"P-1", "P-2"}}
    assert town.log() == set()


def test_most_of_a_family_keep_its_id_when_one_leaves(town: Any) -> None:
    """The one who moves out gets a new family; those who stay keep the id."""
    town.records("a:1", "b:1", "c:1")
    town.address("old")
    town.address("new")
    for record in ("a:1", "b:1", "c:1"):
        town.lives(record, "old")
    town.resolve()
    town.forget("facts", "record_id = 'a:1'")
    town.lives("a:1", "new")
    town.resolve()
    assert town.families() == {"F-1": {"P-2", "P-3"}, "F-2": {"P-1"}}
    assert town.log() == {("F-2", "split", "F-1")}


def test_larger_family_keeps_its_id_when_two_become_one(town: Any) -> None:
    """Of two families under one roof the id of the larger stays, though it is younger."""
    town.records("a:1", "b:1", "c:1")
    town.address("small")
    town.address("large")
    town.lives("a:1", "small")
    town.lives("b:1", "large")
    town.lives("c:1", "large")
    town.resolve()
    town.forget("facts", "record_id = 'a:1'")
    town.lives("a:1", "large")
    town.resolve()
    assert town.families() == {"F-2": {"P-1", "P-2", "P-3"}}
    assert town.log() == {("F-1", "join", "F-2")}


def test_register_is_replaced_in_one_step(town: Any, couple: Any) -> None:
    """Nothing but the register and the log of the run is left beside them."""
    town.resolve()
    write_log(town.con, town.register.with_name("0-log.parquet"))
    names = {file.name for file in town.register.parent.iterdir()}
    assert names == {town.register.name, "0-log.parquet"}
    logged = duckdb.sql(f"SELECT id FROM '{town.register.parent}/0-log.parquet'").fetchall()
    assert logged == [("P-1",)]


def test_damaged_register_is_refused(town: Any, couple: Any) -> None:
    """A register that cannot be read stops the run: without it every id would change."""
    town.register.write_bytes(b"not a register")
    with pytest.raises(WorkspaceError, match="register of person and family ids is damaged"):
        town.resolve()


def test_missing_register_starts_afresh(town: Any, couple: Any, tmp_path: Path) -> None:
    """Before the first run there is no register, and ids begin at one."""
    town.register = tmp_path / "never-written.parquet"
    town.resolve()
    assert set(town.ids().values()) == {"P-1"}
