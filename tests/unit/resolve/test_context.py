"""Possible links that the people around them settle."""

from typing import Any

import pytest


def possible(town: Any, left: str, right: str) -> None:
    """A link stands that is too weak to be accepted by itself."""
    town.link(left, right, 0.5, state="possible")


@pytest.fixture
def home(town: Any) -> Any:
    """Give a town with two dwellings."""
    town.address("home")
    town.address("new")
    return town


def test_initial_is_the_only_one_at_home_it_can_be(home: Any) -> None:
    """A record with an initial is the one person at its dwelling whom nothing contradicts."""
    home.record("a:1", forename="testa", address_id="home")
    home.record("b:1", forename="t", address_id="home")
    home.con.execute("CREATE OR REPLACE MACRO pair_veto(l, r) AS NULL::VARCHAR")
    possible(home, "a:1", "b:1")
    home.resolve()
    assert home.people() == {frozenset({"a:1", "b:1"})}
    keys = home.rows("SELECT DISTINCT match_key FROM members")
    assert keys == [("+forename +household",)]


def test_initial_that_fits_two_at_home_stays_a_candidate(home: Any) -> None:
    """A record that may be either of two people at its dwelling is joined to neither."""
    home.record("a:1", forename="testa", address_id="home")
    home.record("b:1", forename="tim", address_id="home")
    home.record("c:1", forename=None, address_id="home")
    possible(home, "a:1", "c:1")
    possible(home, "b:1", "c:1")
    home.resolve()
    assert len(home.people()) == 3


def test_possible_link_between_dwellings_stays_possible(home: Any) -> None:
    """Without anything around it a possible link across two dwellings joins nobody."""
    home.record("a:1", address_id="home")
    home.record("b:1", address_id="new")
    possible(home, "a:1", "b:1")
    home.resolve()
    assert len(home.people()) == 2


def test_namesake_moved_with_somebody_who_lived_at_both(home: Any) -> None:
    """Records of one name at two dwellings are one person where another is known at both."""
    home.record("a:1", address_id="home")
    home.record("b:1", address_id="new")
    possible(home, "a:1", "b:1")
    home.record("a:2", forename="tim", address_id="home")
    home.record("b:2", forename="tim", address_id="new")
    home.link("a:2", "b:2", 20.0)
    home.resolve()
    assert home.people() == {frozenset({"a:1", "b:1"}), frozenset({"a:2", "b:2"})}


def test_other_name_did_not_move_along(home: Any) -> None:
    """Somebody known at both dwellings does not join records of two names there."""
    home.record("a:1", forename="testa", address_id="home")
    home.record("b:1", forename="tessa", address_id="new")
    possible(home, "a:1", "b:1")
    home.record("a:2", forename="tim", address_id="home")
    home.record("b:2", forename="tim", address_id="new")
    home.link("a:2", "b:2", 20.0)
    home.resolve()
    assert len(home.people()) == 3


def test_verdict_outranks_the_household(home: Any) -> None:
    """A pair on which a person is unsure is not settled by who else is at home."""
    home.record("a:1", address_id="home")
    home.record("b:1", address_id="home")
    possible(home, "a:1", "b:1")
    home.judge("a:1", "b:1", "unsure")
    home.resolve()
    assert len(home.people()) == 2


def test_communal_home_settles_nothing(home: Any) -> None:
    """Under one communal roof a possible link stays possible."""
    home.address("hostel", "communal")
    home.record("a:1", address_id="hostel")
    home.record("b:1", address_id="hostel")
    possible(home, "a:1", "b:1")
    home.resolve()
    assert len(home.people()) == 2
