"""Where people live of whom a source gives a house, and leaves out which of its flats."""

from typing import Any

import pytest
from residents import ADULT, CHILD, home


@pytest.mark.parametrize(
    ("block", "flats"),
    [
        ({"house": "22"}, ({"house": "3/22"}, {"house": "4/22"})),
        ({"house": "unity house"}, [{"house": n, "street": "unity house"} for n in ("3", "4")]),
    ],
    ids=["numbered", "named"],
)
@pytest.mark.parametrize("surname", ["example", "unlike"])
def test_block_means_the_flat_of_a_namesake(
    town: Any, block: dict[str, str], flats: list[dict[str, str]], surname: str
) -> None:
    """Who is given a house of flats lives in a namesake's flat, or in none that is known."""
    where = {"postcode": "ZZ1 1AA", "street": "sham street"}
    town.address("block", "block", **(where | block))
    town.record("schools:child", surname=surname, **CHILD)
    town.lives("schools:child", "block")
    for other, flat in zip(("example", "other"), flats, strict=True):
        town.address(f"flat of {other}", **(where | flat))
        town.record(f"care:{other}", surname=other, **ADULT)
        town.lives(f"care:{other}", f"flat of {other}")
    town.resolve()
    assert home(town, "schools:child") == ("flat of example" if surname == "example" else "block")


def test_family_of_a_block_is_of_kin_and_namesakes(town: Any) -> None:
    """Whose flat nobody told is a family with whom they are kin or share a name, not with all."""
    town.address("block", "block", postcode="ZZ1 1AA", house="22", street="sham street")
    names = {"mother": "example", "child": "example", "partner": "other", "stranger": "unlike"}
    for record, surname in names.items():
        town.record(f"care:{record}", surname=surname, **(CHILD if record == "child" else ADULT))
        town.lives(f"care:{record}", "block")
    town.fact("care:partner", "relationship", other_record_id="care:mother", type="partner")
    town.resolve()
    assert sorted(len(members) for members in town.families().values()) == [1, 3]
