"""Where people live now: how often sources are right, and who is drawn home by whom."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

ADULT = {"birth_date": date(1985, 1, 1), "birth_date_quality": "exact"}
CHILD = {"birth_date": date(2016, 1, 1), "birth_date_quality": "exact"}


def home(town: Any, record_id: str) -> str | None:
    """Return the address at which a record's person lives now."""
    found = town.rows(
        "SELECT address_id FROM residences JOIN members USING (person_id)"
        f" WHERE current AND record_id = '{record_id}' AND state = 'accepted'"
    )
    return found[0][0] if found else None


def parent_and_child(town: Any, kind: str = "parent") -> None:
    """An adult is recorded as related to a child."""
    town.record("care:parent", **ADULT)
    town.record("care:child", **CHILD)
    town.fact("care:parent", "relationship", other_record_id="care:child", type=kind)


@pytest.mark.parametrize("kind", ["parent", "carer", "sibling"])
def test_child_without_an_address_lives_where_kin_do(town: Any, kind: str) -> None:
    """A child for whom no source gives an address is of the family of those who bring it up."""
    parent_and_child(town, kind)
    town.address("home")
    town.lives("care:parent", "home")
    town.resolve()
    assert home(town, "care:child") == "home"
    assert len(town.families()["F-1"]) == 2
    assert ([],) in town.rows("SELECT sources FROM residences")


def test_child_left_at_an_old_address_follows_its_parent(town: Any) -> None:
    """A child does not stay alone where only one source still has it."""
    parent_and_child(town)
    town.address("old")
    town.address("new")
    town.lives("care:child", "old", from_date=date(2019, 1, 1))
    town.lives("care:parent", "new", from_date=date(2026, 1, 1))
    town.resolve()
    assert home(town, "care:child") == "new"


def test_child_known_to_have_left_is_not_drawn_back(town: Any) -> None:
    """Where a source says that a child no longer lives with the parent, it does not."""
    parent_and_child(town)
    town.address("home")
    town.lives("care:parent", "home")
    town.lives("care:child", "home", from_date=date(2018, 1, 1), to_date=date(2024, 1, 1))
    town.resolve()
    assert home(town, "care:child") is None


def test_child_in_a_communal_home_stays_there(town: Any) -> None:
    """Nobody is drawn out of a children's home or a refuge, nor into one."""
    parent_and_child(town)
    town.address("home")
    town.address("refuge", "communal")
    town.lives("care:parent", "home")
    town.lives("care:child", "refuge")
    town.resolve()
    assert (home(town, "care:child"), home(town, "care:parent")) == ("refuge", "home")


@pytest.mark.parametrize("sealed", ["care:parent", "care:child"])
def test_sealed_people_draw_nobody_and_are_not_drawn(town: Any, sealed: str) -> None:
    """Where somebody is sealed, no home is worked out from them or for them."""
    parent_and_child(town)
    town.con.execute("UPDATE records SET sealed = true WHERE record_id = ?", [sealed])
    town.address("home")
    town.lives("care:parent", "home")
    town.resolve()
    assert home(town, "care:child") is None


def test_adult_stays_where_sources_place_them(town: Any) -> None:
    """A parent with an address of their own is not moved to where the child lives."""
    parent_and_child(town)
    town.address("theirs")
    town.address("home")
    town.lives("care:parent", "theirs")
    town.lives("care:child", "home", from_date=date(2026, 9, 1))
    town.resolve()
    assert home(town, "care:parent") == "theirs"


def test_source_that_others_contradict_is_believed_less(town: Any) -> None:
    """How often a source is right is learnt from people of whom others speak too."""
    for number in range(30):
        told = [f"{source}:{number}" for source in ("benefits", "health", "schools")]
        town.address(f"old{number}")
        town.address(f"new{number}")
        for record, place in zip(told, ("old", "new", "new"), strict=True):
            town.record(record)
            town.lives(record, f"{place}{number}")
        town.link(told[0], told[1])
        town.link(told[1], told[2])
    town.record("benefits:asked")
    town.record("schools:asked")
    town.link("benefits:asked", "schools:asked")
    town.address("a")
    town.address("b")
    town.lives("benefits:asked", "a")
    town.lives("schools:asked", "b")
    town.resolve()
    assert home(town, "schools:asked") == "b"


def household(town: Any, number: int, *, listed: int) -> None:
    """A child and two adults share a home; so many of the adults are known to the school."""
    town.address(f"home{number}")
    town.record(f"schools:child{number}", **CHILD)
    town.lives(f"schools:child{number}", f"home{number}")
    for adult in range(2):
        sources = ("health", "benefits", "schools") if adult < listed else ("benefits",)
        records = [f"{source}:{number}-{adult}" for source in sources]
        for record in records:
            town.record(record, **ADULT, forename=f"adult{adult}")
            town.lives(record, f"home{number}")
        for one, other in pairwise(records):
            town.link(one, other)


def test_adult_unknown_to_who_lists_the_household_has_left(town: Any) -> None:
    """Where a school knows the parents of nearly every home, one it does not know has moved on."""
    for number in range(80):
        household(town, number, listed=1 if number == 0 else 2)
    town.resolve()
    assert home(town, "benefits:0-1") is None
    assert home(town, "benefits:0-0") == "home0"
    assert home(town, "benefits:7-1") == "home7"
