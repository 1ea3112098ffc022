"""Whom a record without a birth date can mean by another forename, where only one can be meant."""

from datetime import date
from typing import Any

import pytest


@pytest.fixture
def homes(council: Any) -> Any:
    """Give a function by which benefits and another source know a person each at forty homes.

    They share surname and sex; their forenames differ, and so many of the birth dates agree.
    """

    def known(one: int, *, source: str = "schools") -> Any:
        for said, born in ((source, f"CASE WHEN i < {one} THEN 1980 ELSE 1955 END"),
                           ("benefits", "1980")):  # fmt: skip
            name = "mona" if said == "benefits" else "quill"
            council.crowd(
                40,
                source=said,
                role="'adult'",
                forename=f"'{name}' || chr((97 + i // 8)::INTEGER) || chr((97 + i % 8)::INTEGER)",
                surname="'example' || i",
                sex="'F'",
                birth_date=f"make_date({born}, 1 + i % 12, 1 + i % 28)",
            )
        return council

    return known


def _found(council: Any, **told: Any) -> str:
    """A school knows somebody without a birth date; return how that goes with the other at home."""
    name = {"surname": "testford", "role": "adult", "sex": "F"}
    council.record("benefits:1", **name, forename="mona", birth_date=date(1971, 2, 3))
    council.record("schools:1", **{**name, "forename": "zed", **told})
    link = council.linked().get(("benefits:1", "schools:1"))
    return link["match_key"] if link and link["state"] == "accepted" else "not accepted"


def test_the_only_other_at_a_home_is_meant_where_that_mostly_turns_out_so(homes: Any) -> None:
    """Where those of known birth dates are nearly all one person, whose date is missing is too."""
    assert _found(homes(38)).endswith("+only_other")


@pytest.mark.parametrize(
    "told",
    [
        {"sex": None},
        {"sex": "M"},
        {"surname": "other"},
        {"address_id": "elsewhere"},
        {"role": "child"},
        {"born_from": date(1990, 1, 1), "born_to": date(1999, 1, 1)},
    ],
    ids=["no sex", "another sex", "another surname", "another home", "another role", "too young"],
)
def test_somebody_else_may_be_meant(homes: Any, told: dict[str, Any]) -> None:
    """By another sex, surname, home or age; and what a source says of adults tells of no child."""
    assert _found(homes(38), **told) == "not accepted"


def test_the_only_other_is_not_meant_where_it_often_turns_out_otherwise(homes: Any) -> None:
    """Where half of those of known birth dates are two people, nobody is joined by that alone."""
    assert _found(homes(20)) == "not accepted"


def test_what_one_source_means_tells_nothing_of_another(homes: Any) -> None:
    """That the police mostly mean the other says nothing of whom a school means."""
    assert _found(homes(38, source="police")) == "not accepted"


def test_with_two_others_at_home_nobody_is_meant(homes: Any) -> None:
    """Then it cannot be told whose the record without a birth date is."""
    council = homes(38)
    council.record(
        "health:1", forename="tess", surname="testford", sex="F", birth_date=date(1975, 9, 9)
    )
    assert _found(council) == "not accepted"


def test_who_bears_the_forename_at_home_is_meant_before_another(homes: Any) -> None:
    """Also where the record gives another sex: that is a slip before it is a second name."""
    council = homes(38)
    council.record(
        "health:1", forename="zed", surname="testford", sex="M", birth_date=date(1975, 9, 9)
    )
    assert _found(council) == "not accepted"


def test_the_others_records_are_not_kept_apart_by_forename(homes: Any) -> None:
    """Nor those of no birth date: the two names are one person's at that home."""
    council = homes(38)
    council.record("health:1", forename="mona", surname="testford")
    council.record("police:1", forename="mona", surname="testford", address_id="elsewhere")
    _found(council)
    assert council.veto("health:1", "schools:1") is None
    assert council.veto("police:1", "schools:1") == "forename"
