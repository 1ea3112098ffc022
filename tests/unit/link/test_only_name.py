"""What a full name is worth that nobody else on record bears, where a birth date is missing."""

from datetime import date
from typing import Any

import pytest


@pytest.fixture
def names(council: Any) -> Any:
    """Give a function by which two sources know forty people, each of one name, at two homes.

    Of so many of them both say one birth date; the others only share a name.
    """

    def known(one: int) -> Any:
        for source, year in (("police", f"CASE WHEN i < {one} THEN 1980 ELSE 1955 END"),
                             ("benefits", "1980")):  # fmt: skip
            council.crowd(
                40,
                source=source,
                role="'adult'",
                forename="'f' || chr((97 + i // 8)::INTEGER) || chr((97 + i % 8)::INTEGER)",
                surname="'example' || i",
                birth_date=f"make_date({year}, 1 + i % 12, 1 + i % 28)",
                address_id=f"'{source} ' || i",
                postcode=f"'{source[0].upper()}X' || i || ' 1AA'",
            )
        return council

    return known


def _unknown(council: Any, **told: Any) -> str:
    """Somebody stands in both sources, in one without a birth date; return the match key."""
    name = {"forename": "mona", "surname": "testford", "role": "adult"}
    council.record(
        "benefits:1", **name, birth_date=date(1971, 2, 3), address_id="one", postcode="QQ1 1AA"
    )
    council.record("police:1", **{**name, "address_id": "other", "postcode": "WW2 2AA", **told})
    link = council.linked().get(("benefits:1", "police:1"))
    return link["match_key"] if link and link["state"] == "accepted" else "not accepted"


def test_an_only_name_is_one_persons_where_it_mostly_turns_out_so(names: Any) -> None:
    """Where those of known birth dates are nearly all one person, whose date is missing is too."""
    assert _unknown(names(40)).endswith("+only_name")


def test_an_only_name_is_nobodys_where_it_often_turns_out_otherwise(names: Any) -> None:
    """Where half of those of known birth dates are two people, a name alone joins nobody."""
    assert _unknown(names(20)) == "not accepted"


def test_a_name_that_two_birth_dates_have_is_no_only_name(names: Any) -> None:
    """Then it cannot be told whose the record without one is."""
    council = names(40)
    council.record(
        "school:1", forename="mona", surname="testford", birth_date=date(1990, 9, 9),
        role="adult", address_id="third", postcode="EE1 1AA",
    )  # fmt: skip
    assert _unknown(council) == "not accepted"
