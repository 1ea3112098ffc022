"""Where people live now: how often sources are right, and who is drawn home by whom."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from residents import ADULT, CHILD, home


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


EVERY = ("health", "benefits", "schools")


def household(town: Any, number: int, *, listed: int) -> None:
    """A child and two adults share a home; so many of the adults are known to the school."""
    known_by(town, number, *(EVERY if adult < listed else ("benefits",) for adult in range(2)))


def known_by(town: Any, number: int, *known: tuple[str, ...]) -> None:
    """A child whom a school knows shares a home with adults whom those sources know."""
    town.address(f"home{number}")
    town.record(f"schools:child{number}", **CHILD)
    town.lives(f"schools:child{number}", f"home{number}")
    for adult, sources in enumerate(known):
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


@pytest.mark.parametrize(("overlooked", "lives"), [(0, None), (1, "home80")])
def test_who_has_hardly_more_against_them_than_for_them_stays(
    town: Any, overlooked: int, lives: str | None
) -> None:
    """Where a school has overlooked a parent once, its silence is not quite enough."""
    for number in range(80):
        known_by(town, number, EVERY, EVERY if number >= overlooked else EVERY[:2])
    known_by(town, 80, EVERY[1:], ("benefits",))
    town.resolve()
    assert home(town, "benefits:80-1") == lives


def trust(town: Any, *sources: str) -> None:
    """Of thirty people the sources say the same, at different times, so they are seldom wrong."""
    for number in range(30):
        told = [f"{source}:agreed{number}" for source in sources]
        town.address(f"agreed{number}")
        for year, record in enumerate(told):
            town.record(record)
            town.lives(record, f"agreed{number}", from_date=date(2020 + year, 1, 1))
        for one, other in pairwise(told):
            town.link(one, other)


def test_old_claims_that_agree_do_not_outvote_a_new_one(town: Any) -> None:
    """Who moved lives where the newest source says, however many knew them at the former home."""
    trust(town, "benefits", "health", "schools")
    town.address("former")
    town.address("present")
    for source in ("benefits", "health", "schools"):
        town.record(f"{source}:asked")
    town.link("benefits:asked", "health:asked")
    town.link("health:asked", "schools:asked")
    town.lives("benefits:asked", "former", from_date=date(2021, 1, 1))
    town.lives("health:asked", "former", from_date=date(2019, 1, 1))
    town.lives("schools:asked", "present", from_date=date(2026, 9, 1))
    town.resolve()
    assert home(town, "schools:asked") == "present"


def test_when_a_source_began_is_told_of_everyone(town: Any) -> None:
    """Few records resolved by themselves are as old as among all that their sources hold."""
    trust(town, "benefits", "schools")
    town.address("former")
    town.address("present")
    town.record("benefits:asked", first_seen=date(2026, 8, 1))
    town.record("schools:asked")
    town.link("benefits:asked", "schools:asked")
    town.lives("benefits:asked", "former")
    town.lives("schools:asked", "present")
    town.resolve()
    among_all = home(town, "schools:asked")
    town.con.execute("CREATE TABLE all_records AS FROM records")
    for table in ("records", "facts"):
        town.forget(table, "record_id NOT LIKE '%:asked'")
    town.forget("links", "record_l NOT LIKE '%:asked'")
    town.resolve()
    assert home(town, "schools:asked") != among_all
    town.resolve(everyone="all_records")
    assert home(town, "schools:asked") == among_all


@pytest.mark.parametrize("about", ["benefits:parent", "benefits:child"])
def test_undated_address_is_as_old_as_the_last_dealing(town: Any, about: str) -> None:
    """A source knew where somebody lived when it last began to deal with them or their kin."""
    parent_and_child(town)
    town.forget("facts")
    town.record("benefits:parent", **ADULT)
    town.record("benefits:child", **CHILD)
    town.fact("benefits:parent", "relationship", other_record_id="benefits:child", type="parent")
    town.link("benefits:parent", "care:parent")
    town.address("former")
    town.address("present")
    town.lives("benefits:parent", "former")
    town.lives("care:parent", "present", from_date=date(2024, 1, 1))
    town.resolve()
    undated = home(town, "care:parent")
    town.fact(about, "involvement", from_date=date(2018, 1, 1))
    town.resolve()
    assert (undated, home(town, "care:parent")) == ("former", "present")


def test_postcode_alone_means_the_home_of_a_namesake(town: Any) -> None:
    """A child of whom only a postcode is known lives where the only family of its name does."""
    town.address("postcode", "partial", postcode="ZZ1 1AA")
    town.address("home", postcode="ZZ1 1AA", house="1", street="sham street")
    town.address("next door", postcode="ZZ1 1AA", house="2", street="sham street")
    town.record("schools:child", **CHILD)
    town.lives("schools:child", "postcode")
    for record, surname, place in (("a", "example", "home"), ("b", "other", "next door")):
        town.record(f"care:{record}", surname=surname, **ADULT)
        town.lives(f"care:{record}", place)
    town.resolve()
    assert home(town, "schools:child") == "home"


def test_house_without_a_postcode_means_the_home_of_a_namesake(town: Any) -> None:
    """Of two houses of one number and street in two towns, the one with a namesake is meant."""
    town.address("vague", house="1", street="sham street")
    for town_name, surname in (("ZZ1 1AA", "example"), ("ZZ2 2BB", "other")):
        town.address(town_name, postcode=town_name, house="1", street="sham street")
        town.record(f"care:{surname}", surname=surname, **ADULT)
        town.lives(f"care:{surname}", town_name)
    town.record("schools:child", **CHILD)
    town.lives("schools:child", "vague")
    town.resolve()
    assert home(town, "schools:child") == "ZZ1 1AA"


@pytest.mark.parametrize("second", ["next door", "home"])
def test_postcode_with_two_families_of_a_name_means_neither(town: Any, second: str) -> None:
    """Where namesakes live in two homes that fit, nobody is put into either."""
    town.address("postcode", "partial", postcode="ZZ1 1AA")
    for number, place in enumerate(("home", "next door")):
        town.address(place, postcode="ZZ1 1AA", house=str(number), street="sham street")
    town.record("schools:child", **CHILD)
    town.lives("schools:child", "postcode")
    for record, place in (("a", "home"), ("b", second)):
        town.record(f"care:{record}", **ADULT)
        town.lives(f"care:{record}", place)
    town.resolve()
    found = home(town, "schools:child")
    assert found == ("home" if second == "home" else "postcode")


def test_children_are_one_witness_of_where_a_parent_lives(town: Any) -> None:
    """A parent who has left is not drawn back the more children stayed."""
    trust(town, "care", "health", "schools")
    town.address("home")
    town.address("elsewhere")
    town.record("care:parent", **ADULT)
    town.lives("care:parent", "home", from_date=date(2024, 1, 1))
    for source in ("health", "schools"):
        town.record(f"{source}:parent", **ADULT)
        town.link("care:parent", f"{source}:parent")
        town.lives(f"{source}:parent", "elsewhere", from_date=date(2026, 1, 1))
    for number in range(6):
        child = f"care:child{number}"
        town.record(child, **CHILD, forename=f"child{number}")
        town.lives(child, "home", from_date=date(2026, 1, 1))
        town.fact("care:parent", "relationship", other_record_id=child, type="parent")
    town.resolve()
    assert home(town, "care:parent") == "elsewhere"


def test_grandparent_unknown_to_who_lists_parents_stays(town: Any) -> None:
    """The silence of a source that lists parents says nothing of who is a generation older."""
    for number in range(80):
        household(town, number, listed=2)
    town.record("benefits:elder", forename="elder", birth_date=date(1955, 1, 1),
                birth_date_quality="exact")  # fmt: skip
    town.lives("benefits:elder", "home0")
    town.resolve()
    assert home(town, "benefits:elder") == "home0"


@pytest.mark.parametrize(("lived_there", "found"), [(False, "theirs"), (True, "home")])
def test_parent_known_to_live_apart_is_not_drawn_home(
    town: Any, lived_there: bool, found: str
) -> None:
    """Who has a home of their own where the child has another is left there.

    Where another of the family lived there too, it may be a former home still on the record.
    """
    trust(town, "benefits", "schools")
    for record in ("schools:parent", "benefits:parent"):
        town.record(record, **ADULT)
    town.link("schools:parent", "benefits:parent")
    for child in ("schools:child", "schools:other")[: 1 + lived_there]:
        town.record(child, **CHILD)
        town.fact("schools:parent", "relationship", other_record_id=child, type="parent")
    town.address("home")
    town.address("theirs")
    town.lives("schools:child", "home", from_date=date(2026, 1, 1))
    town.lives("schools:parent", "theirs", from_date=date(2026, 1, 1))
    town.lives("benefits:parent", "home", from_date=date(2025, 1, 1))
    if lived_there:
        town.lives("schools:other", "theirs", to_date=date(2025, 1, 1))
    town.resolve()
    assert home(town, "schools:parent") == found


def test_who_bears_one_number_of_a_family_is_kin(town: Any) -> None:
    """A child whom a source counts to a family lives with the adult of that family."""
    town.record("care:adult", **ADULT, case_family="care:7")
    town.record("care:child", **CHILD, case_family="care:7")
    town.record("care:stranger", **CHILD, case_family="care:8")
    town.address("home")
    town.lives("care:adult", "home")
    town.resolve()
    assert (home(town, "care:child"), home(town, "care:stranger")) == ("home", None)


def test_number_that_many_bear_is_no_family_s(town: Any) -> None:
    """A number that more people bear than a household has makes nobody kin."""
    town.address("home")
    town.record("care:adult", **ADULT, case_family="care:7")
    town.lives("care:adult", "home")
    for number in range(12):
        town.record(f"care:child{number}", **CHILD, case_family="care:7")
    town.resolve()
    assert home(town, "care:child0") is None


def test_adult_who_had_a_home_with_kin_may_follow_them(town: Any) -> None:
    """A parent whom one old record leaves at the former home moves on with the children."""
    parent_and_child(town)
    town.address("former")
    town.address("present")
    town.lives("care:parent", "former", from_date=date(2016, 1, 1))
    for source in ("health", "schools"):
        town.record(f"{source}:child", **CHILD)
        town.link("care:child", f"{source}:child")
        town.lives(f"{source}:child", "present", from_date=date(2026, 1, 1))
    town.lives("care:child", "former", from_date=date(2017, 1, 1))
    town.resolve()
    assert home(town, "care:parent") == "present"


def test_third_adult_of_an_age_has_left_the_home(town: Any) -> None:
    """Where homes with children have two adults of an age, the one of three least heard of left.

    A home of two keeps both, and of others it is learnt how seldom there is a third.
    """
    trust(town, "schools", "health")
    for number in range(80):
        household(town, number, listed=2)
    for number, born in ((0, 1986), (1, 1955)):
        town.record(f"police:{number}", **{**ADULT, "birth_date": date(born, 1, 1)})
        town.lives(f"police:{number}", f"home{number}", from_date=date(2023, 1, 1))
    town.resolve()
    assert [home(town, f"police:{number}") for number in (0, 1)] == [None, "home1"]
    assert home(town, "benefits:0-0") == home(town, "benefits:0-1") == "home0"


def test_a_parent_at_one_of_a_childs_two_homes_stays_there(town: Any) -> None:
    """A source that ends what was left has the child at both, with each parent some of the week."""
    for record, told in (("care:one", ADULT), ("care:other", ADULT), ("care:child", CHILD)):
        town.record(record, **told)
    for parent in ("care:one", "care:other"):
        town.fact(parent, "relationship", other_record_id="care:child", type="parent")
    for address in ("home", "theirs", "left"):
        town.address(address)
    town.lives("care:one", "left", from_date=date(2016, 1, 1), to_date=date(2018, 1, 1))
    for record in ("care:one", "care:child"):
        town.lives(record, "theirs", from_date=date(2018, 1, 1))
    for record in ("care:other", "care:child"):
        town.lives(record, "home", from_date=date(2025, 9, 1))
    town.resolve()
    assert home(town, "care:one") == "theirs"
    assert home(town, "care:other") == home(town, "care:child") == "home"
