"""Whom the council has placed in a home: they live there, and it stays the home of others."""

from datetime import date
from typing import Any

import pytest
from residents import ADULT, CHILD, home

FOSTERED = {**CHILD, "forename": "tess", "forename_given": "Tess", "surname": "sample",
            "surname_given": "Sample"}  # fmt: skip


def a_household(town: Any) -> None:
    """A parent lives with their child; a child of others is placed there by the council."""
    town.address("home")
    town.record("tax:parent", **ADULT)
    town.record("school:child", **CHILD)
    town.record("care:placed", **FOSTERED)
    town.lives("tax:parent", "home")
    town.lives("school:child", "home")
    town.lives("care:placed", "home", type="placement")


def members(town: Any) -> set[tuple[str, ...]]:
    """Return the members of each family, by the forename of each."""
    rows = town.rows(
        "SELECT list_sort(list(p.forename)) FROM families f JOIN persons p USING (person_id)"
        " GROUP BY f.family_id"
    )
    return {tuple(names) for (names,) in rows}


def test_who_is_placed_lives_there_and_is_of_no_family(town: Any) -> None:
    """A foster carer's family is their own; the child's home is there, as a placement."""
    a_household(town)
    town.resolve()
    assert home(town, "care:placed") == "home"
    [names] = members(town)
    assert "Tess" not in names
    assert len(names) == 2
    placed = "SELECT p.forename, r.placed FROM residences r JOIN persons p USING (person_id)"
    assert dict(town.rows(placed))["Tess"] is True
    assert town.rows("SELECT count(*) FROM residences WHERE placed") == [(1,)]


def test_another_source_that_knows_the_child_there_makes_no_member(town: Any) -> None:
    """A school that gives the carer's address for the child says nothing of whose home it is."""
    a_household(town)
    town.record("school:placed", **FOSTERED)
    town.link("school:placed", "care:placed")
    town.lives("school:placed", "home")
    town.resolve()
    [names] = members(town)
    assert "Tess" not in names


@pytest.mark.parametrize(
    ("kind", "families"),
    [("parent", 3), ("grandparent", 3), ("relative", 3), ("carer", 2)],
)
def test_who_is_placed_with_kin_is_of_the_family(town: Any, kind: str, families: int) -> None:
    """A child placed with a parent or grandparent is of the family; with a carer it is not."""
    a_household(town)
    town.fact("tax:parent", "relationship", type=kind, other_record_id="care:placed")
    town.resolve()
    [names] = members(town)
    assert len(names) == families


def test_who_stays_after_the_placement_is_of_the_family(town: Any) -> None:
    """Once the placement has ended and others say that the child still lives there, it is home."""
    a_household(town)
    town.forget("facts", "record_id = 'care:placed'")
    town.lives("care:placed", "home", type="placement", to_date=date(2025, 1, 1))
    town.record("school:placed", **FOSTERED)
    town.link("school:placed", "care:placed")
    town.lives("school:placed", "home", from_date=date(2026, 1, 1))
    town.resolve()
    [names] = members(town)
    assert "Tess" in names


def test_nobody_is_drawn_into_a_placement_or_out_of_it(town: Any) -> None:
    """The parent of who is placed stays at home, and a brother is with the parent."""
    town.address("home")
    town.address("carer")
    town.record("care:parent", **ADULT)
    town.record("care:placed", **FOSTERED)
    town.record("care:brother", **{**FOSTERED, "forename": "tom", "forename_given": "Tom"})
    for child in ("care:placed", "care:brother"):
        town.fact("care:parent", "relationship", type="parent", other_record_id=child)
    town.lives("care:parent", "home")
    town.lives("care:placed", "carer", type="placement")
    town.resolve()
    homes = [home(town, f"care:{each}") for each in ("parent", "placed", "brother")]
    assert homes == ["home", "carer", "home"]


@pytest.mark.parametrize(("surnames", "families"), [(3, 1), (4, 0)])
def test_where_more_are_placed_than_carers_may_foster_is_no_familys_home(
    town: Any, surnames: int, families: int
) -> None:
    """Where four surnames are placed is a children's home: whoever else is on record makes none."""
    town.address("home")
    town.record("school:elsewhere", **CHILD)
    town.lives("school:elsewhere", "home")
    for number in range(surnames):
        given = {"forename": f"tess{number}", "surname": f"sample{number}"}
        shown = {f"{part}_given": name.title() for part, name in given.items()}
        town.record(f"care:{number}", **{**CHILD, **given, **shown})
        town.lives(f"care:{number}", "home", type="placement")
    town.resolve()
    assert len(members(town)) == families


def a_mother_placed(town: Any) -> None:
    """A mother and her child are placed in the home of others."""
    a_household(town)
    town.record("care:mother", **{**ADULT, "forename": "mona", "forename_given": "Mona",
                                  "surname": "sample", "surname_given": "Sample"})  # fmt: skip
    town.lives("care:mother", "home", type="placement")
    town.fact("care:mother", "relationship", type="parent", other_record_id="care:placed")


def test_parent_and_child_placed_together_are_a_family_of_their_own(town: Any) -> None:
    """They are of one another's family and not of the carers', whose carer is no kin."""
    a_mother_placed(town)
    town.fact("tax:parent", "relationship", type="carer", other_record_id="care:placed")
    town.resolve()
    assert ("Mona", "Tess") in members(town)
    assert sorted(len(names) for names in members(town)) == [2, 2]


def test_who_is_placed_with_kin_brings_their_child(town: Any) -> None:
    """A mother placed with a relative is of that family, and so is the child placed with her."""
    a_mother_placed(town)
    town.fact("tax:parent", "relationship", type="relative", other_record_id="care:mother")
    town.resolve()
    [names] = members(town)
    assert {"Mona", "Tess"} < set(names)
    assert len(names) == 4


@pytest.mark.parametrize(
    ("told", "where"), [("adoption_order", None), ("statutory_review", "home")]
)
def test_who_was_adopted_has_left_the_home_that_they_were_taken_from(
    town: Any, told: str, where: str | None
) -> None:
    """Whatever system still has it, and though none has another; looked after alone says less."""
    taken = date(2024, 3, 1)
    town.address("home")
    town.record("school:child", **CHILD)
    town.lives("school:child", "home", from_date=date(2020, 1, 1))
    town.record("care:child", **CHILD)
    town.link("school:child", "care:child")
    town.fact("care:child", "involvement", type="looked_after", from_date=taken)
    town.fact("care:child", "involvement", type=told, from_date=date(2025, 1, 1))
    town.resolve()
    assert home(town, "school:child") == where
    until = taken if where is None else None
    assert town.rows("SELECT to_date FROM residences") == [(until,)]


def test_who_was_adopted_where_they_were_placed_lives_there(town: Any) -> None:
    """Foster carers adopt: the home is the same before and after, and who lives there is theirs."""
    town.address("home")
    town.record("care:child", **CHILD)
    for told, day in (("looked_after", 2022), ("adoption_order", 2025)):
        town.fact("care:child", "involvement", type=told, from_date=date(day, 3, 1))
    town.lives(
        "care:child", "home", from_date=date(2022, 3, 1), type="placement", to_date=date(2025, 3, 1)
    )
    town.lives("care:child", "home", from_date=date(2025, 3, 1))
    town.resolve()
    assert home(town, "care:child") == "home"
    assert len(members(town)) == 1
